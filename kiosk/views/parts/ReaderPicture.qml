import QtQuick
import Hall.Controls

// Where the card goes: the reader's pad with its waves, and a card that comes down onto it.
Panel {
    id: picture

    property bool isRead: false
    property bool isBroken: false

    readonly property real fit: Math.min(width / 640, height / 420)

    color: isRead ? Theme.doneSoft : isBroken ? Theme.off : Theme.actionSoft
    border.width: 0
    clip: true
    Accessible.ignored: true

    Item {
        id: stage

        width: 640
        height: 420
        scale: picture.fit
        anchors.centerIn: parent
        opacity: picture.isBroken ? 0.4 : 1

        Rectangle {
            id: pad

            x: 130
            y: 236
            width: 380
            height: 150
            radius: 24
            color: Theme.structure

            Rectangle {
                anchors.fill: parent
                anchors.margins: 14
                radius: 16
                color: "transparent"
                border.color: "#7FA6E0"
                border.width: 3
            }

            Row {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: 36
                spacing: 12

                Repeater {
                    model: 3

                    Rectangle {
                        required property int index

                        width: 40 + 24 * index
                        height: 8
                        radius: 4
                        color: "#FFFFFF"
                        opacity: 0.4 + 0.2 * index
                    }
                }
            }
        }

        Rectangle {
            id: card

            x: 175
            y: 20
            width: 290
            height: 184
            radius: 16
            color: "#FFFFFF"
            border.color: "#8FA9CF"
            border.width: 3

            Rectangle {
                x: 192
                y: 30
                width: 72
                height: 92
                radius: 8
                color: "#D5E2F3"

                Rectangle {
                    x: 22
                    y: 14
                    width: 28
                    height: 28
                    radius: 14
                    color: "#8FA9CF"
                }

                Rectangle {
                    x: 12
                    y: 50
                    width: 48
                    height: 42
                    radius: 16
                    color: "#8FA9CF"
                }
            }

            Repeater {
                model: [96, 130, 110, 130]

                Rectangle {
                    required property int index
                    required property int modelData

                    x: 24
                    y: 34 + 26 * index
                    width: modelData
                    height: 11
                    radius: 5
                    color: "#B9CBE4"
                }
            }

            Rectangle {
                x: 24
                y: 150
                width: 240
                height: 13
                radius: 6
                color: "#8FA9CF"
            }

            SequentialAnimation on y {
                running: !picture.isRead && !picture.isBroken && picture.visible
                loops: Animation.Infinite

                NumberAnimation {
                    from: 20
                    to: 150
                    duration: 1600
                    easing.type: Easing.InOutQuad
                }

                PauseAnimation {
                    duration: 1400
                }

                NumberAnimation {
                    to: 20
                    duration: 250
                    easing.type: Easing.InOutQuad
                }

                PauseAnimation {
                    duration: 500
                }
            }

            states: State {
                when: picture.isRead

                PropertyChanges {
                    card.y: 130
                }
            }
        }

        Rectangle {
            visible: picture.isRead
            x: 410
            y: 90
            width: 110
            height: 110
            radius: 55
            color: Theme.done
            border.color: "#FFFFFF"
            border.width: 6

            Icon {
                anchors.centerIn: parent
                name: "check"
                color: "#FFFFFF"
                size: 68
            }
        }
    }
}
