// The next ten, in the order in which they will be called, each with why it stands there.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: view

    required property LineModel line
    required property WhyModel why
    required property ActionsModel actions
    required property Orders orders
    required property Ink ink
    readonly property real rowHeight: Math.min(76, (height - 52 - 56) / 10)

    radius: 16
    color: ink.card
    border { width: 1; color: ink.line }

    Item {
        id: head
        height: 52
        anchors { left: parent.left; right: parent.right; leftMargin: 20; rightMargin: 20 }

        Words {
            id: waiting
            objectName: "waiting"
            ink: view.ink
            text: qsTr("等候 %1 人").arg(view.line.count)
            font { pixelSize: 22; weight: Font.Bold }
            height: parent.height
        }
        Row {
            spacing: 10
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }

            Repeater {
                model: view.line.lanes

                Row {
                    id: lane
                    required property var modelData
                    spacing: 4

                    LaneBadge { letter: lane.modelData.letter; size: 26 }
                    Words { ink: view.ink; text: lane.modelData.waiting; font.pixelSize: 16; height: 26 }
                }
            }
        }
    }
    ListView {
        id: list
        objectName: "line"
        model: view.line.rows
        anchors { top: head.bottom; left: parent.left; right: parent.right }
        height: view.rowHeight * 10
        interactive: false
        clip: true

        delegate: LineEntry {
            id: entry
            required property int id
            readonly property int ticket: entry["id"]

            ink: view.ink
            objectName: "line-" + number
            width: list.width
            height: view.rowHeight

            MouseArea {
                anchors.fill: parent
                onClicked: {
                    view.why.want(entry.ticket)
                    view.actions.press("why")
                }
            }
        }
    }
    Words {
        visible: view.line.count === 0
        ink: view.ink
        objectName: "nobody"
        text: qsTr("现在没有人等候")
        color: view.ink.quiet
        font.pixelSize: 20
        anchors { horizontalCenter: parent.horizontalCenter; top: head.bottom; topMargin: 80 }
    }
    Words {
        visible: view.line.more > 0
        ink: view.ink
        text: qsTr("后面还有 %1 人").arg(view.line.more)
        color: view.ink.quiet
        font.pixelSize: 16
        height: 40
        anchors { bottom: parent.bottom; bottomMargin: 8; left: parent.left; leftMargin: 20; right: whyKey.left; rightMargin: 12 }
    }
    KeyCap {
        id: whyKey
        action: "why"
        actions: view.actions
        orders: view.orders
        ink: view.ink
        size: 16
        height: 40
        width: Math.max(150, implicitWidth)
        spread: true
        noteStep: -330
        anchors { bottom: parent.bottom; bottomMargin: 8; right: parent.right; rightMargin: 8 }
    }
}
