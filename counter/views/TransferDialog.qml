// Where to: a lane or a window. A letter or a number jumps to it.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Question {
    id: dialog

    required property TransferModel transfer
    required property NowModel now

    function send() {
        dialog.transfer.send(list.currentIndex, note.text, back.checked)
    }

    action: "transfer"
    title: qsTr("%1 转到哪里").arg(dialog.now.number)
    verb: qsTr("转移")
    onAgreed: send()
    Component.onCompleted: {
        dialog.transfer.begin()
        list.currentIndex = -1
        list.forceActiveFocus()
    }

    ListView {
        id: list
        objectName: "targets"
        model: dialog.transfer.rows
        width: parent.width
        height: 336
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        Keys.onPressed: (event) => {
            const found = event.text.trim() === "" ? -1 : dialog.transfer.find(event.text)
            if (found >= 0) {
                currentIndex = found
                event.accepted = true
            } else if ([Qt.Key_Return, Qt.Key_Enter].includes(event.key) && !event.isAutoRepeat) {
                dialog.send()
                event.accepted = true
            }
        }

        Rectangle {
            anchors { fill: parent; margins: 0 }
            radius: Theme.radius
            color: "transparent"
            border { width: list.activeFocus ? 3 : 1; color: list.activeFocus ? Theme.focus : dialog.ink.line }
            z: 2
        }
        delegate: Item {
            id: target
            required property int index
            required property string key
            required property string letter
            required property string title
            required property string detail

            objectName: "target-" + key
            width: ListView.view.width
            height: 48

            Rectangle {
                anchors { fill: parent; margins: 4 }
                radius: 6
                color: target.ListView.isCurrentItem ? dialog.ink.accent : "transparent"
            }
            LaneBadge {
                id: badge
                visible: target.letter !== ""
                letter: target.letter || "A"
                size: 30
                x: 16
                anchors.verticalCenter: parent.verticalCenter
            }
            Words {
                ink: dialog.ink
                text: target.title
                color: target.ListView.isCurrentItem ? dialog.ink.light : dialog.ink.text
                font { pixelSize: 18; weight: Font.Medium }
                x: 60
                width: parent.width - 76 - detail.width - 16
                height: parent.height
            }
            Words {
                id: detail
                ink: dialog.ink
                text: target.detail
                color: target.ListView.isCurrentItem ? dialog.ink.light : dialog.ink.quiet
                font.pixelSize: 16
                height: parent.height
                anchors { right: parent.right; rightMargin: 20 }
            }
            MouseArea {
                anchors.fill: parent
                onClicked: {
                    list.currentIndex = target.index
                    list.forceActiveFocus()
                }
            }
        }
    }
    Field {
        id: note
        objectName: "transfer-note-field"
        ink: dialog.ink
        label: qsTr("给同事的说明（可不填）")
        maximumLength: 200
        y: 348
        width: parent.width
        onAccepted: dialog.send()
    }
    PlainKey {
        id: back
        objectName: "and-back"
        property bool checked: false
        ink: dialog.ink
        text: (checked ? "☑ " : "☐ ") + qsTr("办完后回到本窗口")
        y: 436
        height: 46
        width: parent.width
        Accessible.role: Accessible.CheckBox
        Accessible.checked: checked
        onActivated: checked = !checked
    }
}
