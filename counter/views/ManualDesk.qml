// The desk without the hub: the number now, where the next one is typed, its keys, and what was noted.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

FocusScope {
    id: desk

    required property ManualModel manual
    required property ActionsModel actions
    required property Orders orders
    required property Ink ink
    readonly property bool wide: width >= 1600

    onVisibleChanged: if (visible) entry.take_keyboard()

    Rectangle {
        id: now
        objectName: "manual-now"
        readonly property bool called: desk.manual.state === "called"
        readonly property bool busy: desk.manual.number !== ""
        x: 16
        y: 16
        width: desk.wide ? 720 : 440
        height: parent.height - 32
        radius: 16
        color: called ? desk.ink.stage : busy ? desk.ink.structure : desk.ink.card
        border { width: busy ? 0 : 1; color: desk.ink.line }

        Words {
            objectName: "manual-state"
            ink: desk.ink
            text: desk.manual.stateText
            color: now.busy ? desk.ink.light : desk.ink.quiet
            font { pixelSize: desk.wide ? 32 : 26; weight: Font.Bold }
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
            height: 72
        }
        Words {
            objectName: "manual-number"
            ink: desk.ink
            text: desk.manual.number
            color: now.called ? desk.ink.call : desk.ink.light
            font { pixelSize: desk.wide ? 240 : 150; weight: Font.Black; features: { "tnum": 1 } }
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignHCenter
            anchors { fill: parent; leftMargin: 24; rightMargin: 24; topMargin: 72; bottomMargin: 120 }
        }
        Words {
            visible: !now.busy
            ink: desk.ink
            text: desk.manual.mayType ? qsTr("输入号票上的号码，按回车，然后口头叫号") : ""
            color: desk.ink.quiet
            font.pixelSize: desk.wide ? 28 : 22
            lineHeight: 1.4
            maximumLineCount: 3
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            anchors { left: parent.left; right: parent.right; margins: 24; verticalCenter: parent.verticalCenter }
        }
        Words {
            objectName: "manual-clock"
            visible: now.busy
            ink: desk.ink
            text: desk.manual.clock
            color: desk.ink.light
            font { pixelSize: 40; weight: Font.Bold; features: { "tnum": 1 } }
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
            height: 96
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 24
        }
    }
    Item {
        id: middle
        anchors { left: now.right; leftMargin: 16 }
        y: 16
        width: desk.wide ? 560 : 400
        height: parent.height - 32
        z: 2

        Words {
            id: label
            ink: desk.ink
            text: desk.manual.state === "serving" ? qsTr("下一个号码（回车即办完当前号）") : qsTr("号票上的号码")
            font { pixelSize: 20; weight: Font.Bold }
            width: parent.width
            height: 36
        }
        NumberEntry {
            id: entry
            objectName: "manual-entry"
            manual: desk.manual
            ink: desk.ink
            focus: true
            anchors { top: label.bottom; left: parent.left; right: call.left; rightMargin: 12 }
        }
        PlainKey {
            id: call
            objectName: "manual-call"
            ink: desk.ink
            main: desk.manual.number === ""
            text: qsTr("叫号")
            hint: qsTr("回车")
            enabled: desk.manual.mayType
            size: 20
            width: 132
            height: entry.height
            anchors { top: entry.top; right: parent.right }
            onActivated: desk.manual.callNumber(entry.typed)
        }
        Item {
            id: said
            // What is said elsewhere: beside the keys below, and above the desk.
            readonly property var shown: ["start", "finish", "miss", "cancel", "manual"]
            anchors { top: entry.bottom; topMargin: 12 }
            width: parent.width
            height: 76

            NoteBeside {
                objectName: "manual-problem"
                ink: desk.ink
                text: desk.manual.problem || (said.shown.includes(desk.orders.noteAction) ? "" : desk.orders.noteText)
                side: "top"
                width: parent.width
            }
            Words {
                objectName: "manual-hint"
                ink: desk.ink
                visible: text !== "" && desk.manual.problem === "" && desk.orders.noteText === ""
                text: desk.manual.hint
                color: Theme.inkOnCallSoft
                font.weight: Font.Bold
                wrapMode: Text.Wrap
                maximumLineCount: 3
                width: parent.width
            }
        }
        Column {
            anchors { top: said.bottom; topMargin: 8; left: parent.left; right: parent.right }
            spacing: 12

            component Cap: KeyCap {
                actions: desk.actions
                orders: desk.orders
                ink: desk.ink
                width: middle.width
                height: desk.wide ? 76 : 60
                size: 22
                spread: true
                objectName: "manual-" + action
            }

            Cap { action: "start" }
            Cap { action: "finish" }
            Cap { action: "miss" }
            Item { width: 1; height: 12 }
            Cap { action: "cancel"; height: 52; size: 18 }
        }
    }
    Rectangle {
        anchors { left: middle.right; leftMargin: 16; right: parent.right; rightMargin: 16 }
        y: 16
        height: parent.height - 32
        radius: 16
        color: desk.ink.card
        border { width: 1; color: desk.ink.line }

        Words {
            id: title
            objectName: "manual-count"
            ink: desk.ink
            text: qsTr("手动记录")
            font { pixelSize: 22; weight: Font.Bold }
            x: 20
            width: parent.width - 40
            height: 56
        }
        Words {
            visible: !desk.manual.hasRows
            ink: desk.ink
            text: qsTr("叫过的号会列在这里")
            color: desk.ink.quiet
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
            anchors { top: title.bottom; topMargin: 64 }
        }
        ListView {
            objectName: "manual-rows"
            model: desk.manual.rows
            anchors { top: title.bottom; bottom: parent.bottom; bottomMargin: 16; left: parent.left; right: parent.right }
            interactive: false
            clip: true

            delegate: Rectangle {
                id: row
                required property string number
                required property string what
                required property bool current
                width: ListView.view.width
                height: 68
                color: row.current ? desk.ink.accentSoft : "transparent"

                Rectangle { x: 20; width: parent.width - 40; height: 1; color: desk.ink.line }
                Words {
                    id: rowNumber
                    ink: desk.ink
                    text: row.number
                    font { pixelSize: 24; weight: Font.Bold; features: { "tnum": 1 } }
                    x: 20
                    width: 92
                    height: parent.height
                }
                Words {
                    ink: desk.ink
                    text: row.what
                    font { pixelSize: 17; features: { "tnum": 1 } }
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    height: parent.height
                    anchors { left: rowNumber.right; leftMargin: 8; right: parent.right; rightMargin: 20 }
                }
            }
        }
    }
}
