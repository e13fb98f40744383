pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Which ground for priority? Said by the citizen, shown to the clerk.
Item {
    id: priority

    required property PriorityModel model
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        text: qsTr("您属于哪一种？")
    }

    Say {
        id: hint

        anchors.top: title.bottom
        width: parent.width
        visible: !(priority.isCompact && Look.isElder)
        height: visible ? implicitHeight : 0
        text: qsTr("请到窗口时出示证件")
        color: Theme.quiet
    }

    Paged {
        id: list

        anchors.top: hint.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: parent.bottom
        width: parent.width
        paging: priority.model.paging
        columns: (priority.isWide || priority.isCompact) && !Look.isElder ? 2 : 1
        rowMost: (Look.isElder ? 300 : 168) * Look.unit

        Repeater {
            model: priority.model.grounds

            Key {
                required property string modelData

                objectName: "priority-" + modelData
                width: list.cellWidth
                height: list.rowHeight
                size: Theme.large
                isOn: priority.model.declared === modelData && modelData !== "none"
                icon: modelData === "none" ? "close" : "heart"
                text: Words.priority(modelData)
                onTapped: priority.model.declare(modelData)
            }
        }
    }
}
