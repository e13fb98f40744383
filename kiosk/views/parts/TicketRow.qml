import QtQuick
import Hall.Controls

// A number one holds, and the key that prints it again.
Panel {
    id: row

    required property int id
    required property string number
    required property string letter
    required property string laneName
    required property string standing
    required property int ahead
    required property int window

    // Whether why it waits can be printed, and whether that is going on.
    property bool explains: false
    property bool isExplaining: false

    signal tapped
    signal asked

    LaneBadge {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        visible: row.width > 800 * Look.unit
        width: visible ? size : 0
        letter: row.letter
    }

    Column {
        anchors.left: badge.right
        anchors.leftMargin: Theme.space
        anchors.right: why.visible ? why.left : key.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter

        Say {
            width: parent.width
            text: row.number
            size: 76 * Look.unit
            font.bold: true
            color: Theme.structure
        }

        Say {
            width: parent.width
            text: [row.laneName, Words.ticketState(row.standing, row.window, row.ahead)].filter(part => part !== "").join("  ·  ")
            color: Theme.quiet
            maximumLineCount: 2
            size: Look.isElder ? Theme.small : Theme.body
            elide: Text.ElideRight
        }
    }

    Key {
        id: why

        objectName: "why-" + row.number
        visible: row.explains && row.standing === "waiting"
        anchors.right: key.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        width: (Look.isElder ? 220 : 190) * Look.unit
        height: parent.height - 2 * Theme.gap
        icon: "papers"
        isStacked: true
        size: (Look.isElder ? 34 : 30) * Look.unit
        text: qsTr("排队说明")
        isBusy: row.isExplaining
        enabled: !row.isExplaining
        onTapped: row.asked()
    }

    Key {
        id: key

        objectName: "print-again-" + row.number
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        width: (Look.isElder ? 260 : 236) * Look.unit
        height: parent.height - 2 * Theme.gap
        look: "main"
        icon: "print"
        size: 40 * Look.unit
        text: qsTr("补打")
        onTapped: row.tapped()
    }
}
