import QtQuick
import Hall.Controls

// One thing to know, beside what it is about: an icon, a word and a colour. Empty text takes no room.
Rectangle {
    id: note

    property string text
    property string icon: "warning"
    property string mood: "warning"
    property real size: Theme.body

    readonly property var fronts: ({ "warning": "#7A4B00", "refusal": Theme.refusal, "good": Theme.done, "plain": Theme.structure })
    readonly property var backs: ({ "warning": Theme.callSoft, "refusal": Theme.refusalSoft, "good": Theme.doneSoft, "plain": Theme.actionSoft })

    visible: text !== ""
    implicitHeight: visible ? words.implicitHeight + 2 * Theme.space : 0
    radius: Theme.radius
    color: backs[mood]

    Icon {
        id: picture

        anchors.left: parent.left
        anchors.leftMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        name: note.icon
        color: note.fronts[note.mood]
        size: note.size * 1.4
    }

    Say {
        id: words

        anchors.left: picture.right
        anchors.right: parent.right
        anchors.margins: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        text: note.text
        size: note.size
        color: Theme.ink
    }
}
