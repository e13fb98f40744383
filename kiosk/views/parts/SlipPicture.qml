import QtQuick
import Hall.Controls

// Where the slip comes out: the slot, and a slip that slides from it.
Panel {
    id: picture

    property bool isComing: false

    readonly property real fit: Math.min(width / 420, height / 330)

    color: Theme.actionSoft
    border.width: 0
    clip: true
    Accessible.ignored: true

    Item {
        width: 420
        height: 330
        anchors.centerIn: parent
        scale: picture.fit

        Rectangle {
            x: 40
            y: 40
            width: 340
            height: 96
            radius: 20
            color: Theme.structure
        }

        Item {
            x: 100
            y: 92
            width: 220
            height: 210
            clip: true

            Rectangle {
                id: slip

                y: picture.isComing ? -120 : 0
                width: parent.width
                height: 196
                color: "#FFFFFF"
                border.color: Theme.line
                border.width: 2

                Behavior on y {
                    NumberAnimation {
                        duration: 250
                        easing.type: Easing.OutQuad
                    }
                }

                Rectangle {
                    x: 60
                    y: 28
                    width: 100
                    height: 34
                    radius: 6
                    color: Theme.structure
                }

                Repeater {
                    model: 3

                    Rectangle {
                        required property int index

                        x: 36
                        y: 82 + 22 * index
                        width: 148 - 20 * index
                        height: 10
                        radius: 5
                        color: Theme.line
                    }
                }

                Rectangle {
                    x: 92
                    y: 146
                    width: 36
                    height: 36
                    color: Theme.ink
                }
            }
        }

        Rectangle {
            x: 84
            y: 82
            width: 252
            height: 14
            radius: 7
            color: "#061F48"
        }

        Icon {
            x: 336
            y: 196
            name: "low"
            color: Theme.action
            size: 72
        }
    }
}
