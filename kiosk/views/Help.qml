import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Where people are who help. Nobody is called by this screen, and it does not say so.
Item {
    id: help

    required property HelpModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -go.height / 2
        width: parent.width
        spacing: (help.isCompact ? 20 : 40) * Look.unit

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !help.isCompact
            name: "staff"
            color: Theme.structure
            size: 160 * Look.unit
        }

        Title {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("我们来帮您")
        }

        Panel {
            width: parent.width
            height: where.implicitHeight + 2 * Theme.margin

            Column {
                id: where

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.margin
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap

                Say {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: help.model.window > 0 ? qsTr("请到 %1 号窗口（%2）").arg(help.model.window).arg(help.model.name) : qsTr("请到大厅咨询台")
                    size: 44 * Look.type
                    font.bold: true
                    color: Theme.structure
                }

                Say {
                    width: parent.width
                    visible: text !== ""
                    horizontalAlignment: Text.AlignHCenter
                    text: help.model.place
                    size: Theme.large
                }

                Say {
                    width: parent.width
                    visible: help.model.window > 0
                    horizontalAlignment: Text.AlignHCenter
                    text: help.model.isStaffed ? qsTr("现在有工作人员，可免费帮办代办") : qsTr("窗口暂时没有人，请就近找大厅工作人员")
                    color: Theme.quiet
                }
            }
        }
    }

    Key {
        id: go

        objectName: "close-help"
        anchors.bottom: parent.bottom
        width: parent.width
        height: (help.isCompact ? 124 : 152) * Look.unit
        look: "main"
        icon: "back"
        size: 48 * Look.unit
        text: qsTr("知道了，继续")
        onTapped: help.ended()
    }
}
