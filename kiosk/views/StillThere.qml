import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Nobody has touched the screen for a while: go on, or everything is wiped when the ring is empty.
Rectangle {
    id: still

    required property StillnessModel model
    property rect area: Qt.rect(0, 0, width, height)

    // Little height: the same keys, fewer words.
    readonly property bool isTight: area.height < 760 * Look.unit

    signal ended

    color: "#CC0A1B3D"
    visible: model.isAsking

    MouseArea {
        anchors.fill: parent
    }

    Panel {
        x: still.area.x + (still.area.width - width) / 2
        y: still.area.y + (still.area.height - height) / 2
        width: Math.min(still.area.width - 2 * Theme.margin, 920 * Look.unit)
        height: body.implicitHeight + 2 * Theme.margin

        Column {
            id: body

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space

            Title {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("还要继续吗？")
            }

            Ring {
                anchors.horizontalCenter: parent.horizontalCenter
                width: (still.area.height < 900 * Look.unit ? 150 : 300) * Look.unit
                height: width
                remaining: still.model.remaining
                total: still.model.total
            }

            Say {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: !still.isTight
                text: qsTr("时间到后，屏幕上的内容会全部清除")
                color: Theme.quiet
            }

            Key {
                objectName: "stay"
                width: parent.width
                height: (still.isTight ? 136 : 168) * Look.unit
                look: "main"
                icon: "check"
                size: 60 * Look.unit
                text: qsTr("要，继续")
                onTapped: still.model.stay()
            }

            Key {
                objectName: "leave"
                width: parent.width
                height: Theme.touch
                text: qsTr("不用了，清除并返回首页")
                onTapped: still.ended()
            }
        }
    }
}
