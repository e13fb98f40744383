import QtQuick
import Hall.Controls
import Hall.Kiosk

// The chosen lane: letter, name, where it is, people ahead and the wait.
Panel {
    id: card

    required property LaneModel lane
    property string matter
    // Little room: the same words at the size of the standard mode.
    property bool isTight: false
    property real size: isTight ? 34 * Look.tightType : 36 * Look.type

    readonly property string wait: Words.wait(lane.waitKind, lane.waitLow, lane.waitHigh)

    implicitHeight: body.implicitHeight + 2 * Theme.space

    Column {
        id: body

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap

        Row {
            width: parent.width
            spacing: Theme.space

            LaneBadge {
                id: badge

                letter: card.lane.letter
                size: (card.isTight ? 76 : 96) * Look.unit
            }

            Column {
                width: parent.width - badge.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
                spacing: 4 * Look.unit

                Say {
                    width: parent.width
                    text: card.lane.name
                    size: card.isTight ? 44 * Look.tightType : 44 * Look.type
                    font.bold: true
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }

                Say {
                    width: parent.width
                    visible: text !== ""
                    text: card.matter
                    color: Theme.quiet
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
            }
        }

        Rectangle {
            width: parent.width
            height: Math.max(1, 2 * Look.unit)
            color: Theme.line
        }

        Flow {
            width: parent.width
            spacing: Theme.space

            Fact {
                visible: card.lane.waiting >= 0
                icon: "people"
                text: Words.ahead(card.lane.waiting)
                isBold: true
                size: card.size
            }

            Fact {
                visible: card.wait !== ""
                icon: "clock"
                text: card.wait
                isBold: true
                size: card.size
            }

            Fact {
                visible: card.lane.place !== ""
                icon: "place"
                text: card.lane.place
                most: parent.width
                size: card.size
            }
        }
    }
}
