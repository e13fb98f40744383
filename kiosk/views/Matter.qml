pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// One matter: what to bring, how long it takes, how many people are ahead. Then on to the number.
Item {
    id: matter

    required property MatterModel model
    required property LaneModel lane
    property bool isCompact: false
    property bool isWide: false

    readonly property bool isBeside: isWide || isCompact

    Title {
        id: title

        width: parent.width
        text: matter.model.name
        maximumLineCount: matter.isCompact ? 1 : 2
        wrapMode: Text.Wrap
    }

    Flow {
        id: facts

        anchors.top: title.bottom
        anchors.topMargin: Theme.gap
        width: parent.width
        spacing: Theme.space

        Fact {
            icon: "staff"
            text: matter.model.department
            most: parent.width
        }

        Fact {
            visible: matter.model.days >= 0
            icon: "clock"
            text: matter.model.days > 0 ? qsTr("承诺 %1 个工作日办结").arg(matter.model.days) : qsTr("当场办结")
            color: Theme.done
            isBold: true
        }
    }

    Panel {
        id: bring

        anchors.top: facts.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: matter.isBeside || !lane.visible ? go.top : lane.top
        anchors.bottomMargin: Theme.space
        width: matter.isBeside && lane.visible ? (parent.width - Theme.space) * 0.55 : parent.width

        Flickable {
            anchors.fill: parent
            anchors.margins: Theme.space
            contentHeight: list.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height

            Column {
                id: list

                width: parent.width
                spacing: matter.isCompact ? 10 * Look.unit : 26 * Look.unit

                Fact {
                    icon: "papers"
                    text: qsTr("请准备这些材料")
                    isBold: true
                    size: matter.isCompact ? 36 * Look.tightType : Theme.large
                    most: list.width
                }

                Repeater {
                    model: matter.isCompact ? [] : matter.model.materials

                    Fact {
                        required property string modelData

                        icon: "check"
                        text: modelData
                        size: 36 * Look.type
                        color: Theme.done
                        most: list.width
                    }
                }

                Say {
                    width: parent.width
                    visible: matter.isCompact && text !== ""
                    text: matter.model.materials.join("、")
                    size: 32 * Look.tightType
                }

                Say {
                    visible: matter.model.materials.length === 0
                    text: qsTr("不需要准备材料")
                }

                Say {
                    width: parent.width
                    visible: text !== ""
                    text: matter.model.note
                    color: Theme.quiet
                }
            }
        }
    }

    LaneCard {
        id: lane

        // Who waits now says nothing of another day.
        visible: !matter.model.isForBooking
        y: matter.isBeside ? bring.y : go.y - Theme.space - height
        x: matter.isBeside ? bring.width + Theme.space : 0
        width: matter.isBeside ? parent.width - x : parent.width
        height: matter.isBeside ? Math.max(implicitHeight, Math.min(bring.height, implicitHeight * 1.2)) : implicitHeight
        lane: matter.lane
        isTight: matter.isCompact
    }

    Key {
        id: go

        objectName: "continue"
        anchors.bottom: parent.bottom
        width: parent.width
        height: (matter.isCompact ? 124 : 152) * Look.unit
        look: "main"
        icon: "more"
        size: 48 * Look.unit
        text: matter.model.isForBooking ? qsTr("办这件事，选日期") : qsTr("办这件事，去取号")
        onTapped: matter.model.goOn()
    }
}
