// Mistakes in the key file: told once, and put away by whoever has read them.
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: strip

    required property StatusModel status
    required property Ink ink

    height: visible ? Math.max(52, text.height + 20) : 0
    color: Theme.refusalSoft

    Words {
        id: text
        objectName: "key-problem"
        ink: strip.ink
        text: strip.status.keyProblem
        color: "#5E100A"
        wrapMode: Text.Wrap
        maximumLineCount: 4
        anchors { left: parent.left; leftMargin: 16; right: ok.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
    }
    PlainKey {
        id: ok
        objectName: "key-problem-ok"
        ink: strip.ink
        text: qsTr("知道了")
        height: 36
        anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter }
        onActivated: strip.status.dismissKeyProblem()
    }
}
