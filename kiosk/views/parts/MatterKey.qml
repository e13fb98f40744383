import QtQuick
import Hall.Controls

// A matter to choose: its lane, its name, who does it and the promise in working days.
Rectangle {
    id: key

    required property string id
    required property string name
    required property string department
    required property string letter
    required property string laneName
    required property int days
    required property bool isBundle

    signal tapped

    readonly property string promise: days > 0 ? qsTr("%1 个工作日").arg(days) : days === 0 ? qsTr("当场办结") : ""

    objectName: "matter-" + id
    radius: Theme.radius
    color: area.pressed ? Theme.actionSoft : Theme.surface
    border.width: Math.max(1, 2 * Look.unit)
    border.color: Theme.line
    Accessible.role: Accessible.Button
    Accessible.name: [name, laneName, department, promise].filter(part => part !== "").join("，")
    Accessible.onPressAction: key.tapped()

    LaneBadge {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        size: 76 * Look.unit
        letter: key.letter
    }

    Column {
        anchors.left: badge.right
        anchors.right: parent.right
        anchors.margins: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2 * Look.unit

        Say {
            width: parent.width
            text: key.name
            size: 36 * Look.type
            font.bold: true
            maximumLineCount: Look.isElder ? 2 : 1
            elide: Text.ElideRight
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28 * Look.unit
        }

        Say {
            width: parent.width
            text: [key.isBundle ? qsTr("一件事") : "", key.department, key.promise].filter(part => part !== "").join("  ·  ")
            size: Theme.small
            color: Theme.quiet
            maximumLineCount: 1
            elide: Text.ElideRight
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: key.tapped()
    }
}
