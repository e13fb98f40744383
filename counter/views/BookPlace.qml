// A day or a time that can be chosen; a full day stands grey, for the waiting list.
import QtQuick
import Hall.Controls

Item {
    id: place

    required property Ink ink
    required property int index
    required property string key
    required property string title
    required property string detail
    required property bool isFull
    property bool isChosen: false
    property bool isCurrent: false
    signal pressed

    Accessible.role: Accessible.Button
    Accessible.name: `${place.title} ${place.detail}`
    Accessible.onPressAction: place.pressed()

    Rectangle {
        anchors { fill: parent; margins: 5 }
        radius: Theme.radius
        color: place.isChosen ? place.ink.accent : place.isFull ? place.ink.off : place.ink.card
        border { width: 1; color: place.isFull ? place.ink.line : place.ink.quiet }

        Column {
            anchors.centerIn: parent

            Words {
                ink: place.ink
                text: place.title
                color: place.isChosen ? place.ink.light : place.isFull ? place.ink.inkOnOff : place.ink.text
                font { pixelSize: 18; weight: Font.Bold; features: { "tnum": 1 } }
                anchors.horizontalCenter: parent.horizontalCenter
            }
            Words {
                ink: place.ink
                text: place.detail
                color: place.isChosen ? place.ink.light : place.isFull ? place.ink.inkOnOff : place.ink.quiet
                font.pixelSize: place.ink.small
                anchors.horizontalCenter: parent.horizontalCenter
            }
        }
    }
    Rectangle {
        visible: place.isCurrent
        anchors { fill: parent; margins: 1 }
        radius: Theme.radius + 4
        color: "transparent"
        border { width: 3; color: Theme.focus }
    }
    MouseArea {
        anchors.fill: parent
        onClicked: place.pressed()
    }
}
