// A list of tickets: call one who waits, bring back one that was missed, go on with one on hold.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Question {
    id: dialog

    required property PickModel pick
    required property string list
    // The ticket that was chosen, while its reason is asked for: a list that moves does not change it.
    property int chosen: 0
    property string chosenNumber
    readonly property bool asks: pick.reasons.length > 0

    function take() {
        if (tickets.currentItem) {
            dialog.chosen = dialog.pick.ticketAt(tickets.currentIndex)
            dialog.chosenNumber = (tickets.currentItem as LineEntry).number
        }
        if (dialog.asks && dialog.chosen !== 0)
            reasons.begin()
        else
            dialog.send()
    }
    function send() {
        dialog.pick.choose(dialog.chosen, dialog.asks ? reasons.value : "")
    }

    action: list
    title: pick.title + (chosenNumber !== "" ? "  " + chosenNumber : "")
    verb: pick.cancelling ? qsTr("取消号票") : list === "missed" ? qsTr("回呼") : list === "held" ? qsTr("继续办理") : qsTr("呼叫")
    wide: asks ? 940 : 680
    onAgreed: dialog.chosen === 0 ? dialog.take() : dialog.send()
    Component.onCompleted: {
        dialog.pick.begin(dialog.list)
        tickets.currentIndex = 0
        tickets.forceActiveFocus()
    }
    Component.onDestruction: dialog.pick.begin("")

    ListView {
        id: tickets
        objectName: "tickets"
        model: dialog.pick.rows
        width: dialog.asks ? 520 : parent.width
        height: 400
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        onCurrentIndexChanged: if (activeFocus) { dialog.chosen = 0; dialog.chosenNumber = "" }
        Keys.onPressed: (event) => {
            if (event.isAutoRepeat)
                return
            if ([Qt.Key_Return, Qt.Key_Enter].includes(event.key)) {
                dialog.take()
                event.accepted = true
            } else if (event.key === Qt.Key_Delete && dialog.pick.mayCancel) {
                dialog.pick.ask(true)
                dialog.take()
                event.accepted = true
            }
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: "transparent"
            border { width: 1; color: dialog.ink.line }
            z: 2
        }
        delegate: LineEntry {
            id: entry
            required property int id
            readonly property int ticket: entry["id"]

            ink: dialog.ink
            objectName: "ticket-" + number
            width: tickets.width
            height: 56
            chosen: dialog.chosen === 0 ? ListView.isCurrentItem : ticket === dialog.chosen
            ringed: ListView.isCurrentItem && tickets.activeFocus

            MouseArea {
                anchors.fill: parent
                onClicked: {
                    tickets.currentIndex = entry.index
                    tickets.forceActiveFocus()
                    dialog.chosen = 0
                }
                onDoubleClicked: dialog.take()
            }
        }
    }
    Words {
        visible: dialog.pick.count === 0
        ink: dialog.ink
        text: qsTr("没有号票")
        color: dialog.ink.quiet
        font.pixelSize: 20
        anchors.centerIn: tickets
    }
    Reasons {
        id: reasons
        visible: dialog.asks
        ink: dialog.ink
        reasons: dialog.pick.reasons
        x: tickets.width + 20
        width: parent.width - x
        onChosen: dialog.chosen === 0 ? dialog.take() : dialog.send()
    }
    PlainKey {
        objectName: "cancel-ticket"
        visible: dialog.pick.mayCancel && !dialog.pick.cancelling
        ink: dialog.ink
        text: qsTr("取消号票")
        hint: "Delete"
        y: 412
        height: 42
        onActivated: {
            dialog.pick.ask(true)
            dialog.take()
        }
    }
}
