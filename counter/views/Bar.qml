// The slim bar for clerks who work in another program: always on top. Its keys are pressed without taking the
// keyboard from that program; a click on the number gives the keyboard to the bar until the clerk looks elsewhere.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import QtQml.Models
import Hall.Controls
import Counter

Window {
    id: bar
    objectName: "bar"

    required property ActionsModel actions
    required property Orders orders
    required property NowModel now
    required property LineModel line
    required property StatusModel status
    required property ManualModel manual
    required property ShapeModel shape
    readonly property bool byHand: manual.active
    readonly property string number: byHand ? manual.number : now.number
    readonly property string state: byHand ? manual.state : now.state
    readonly property bool called: state === "called"
    readonly property bool serving: state === "serving"
    readonly property bool isLong: now.isLong && !byHand
    readonly property string note: byHand ? manual.problem || orders.noteText
        : status.age !== "" ? status.age : orders.noteText

    property bool keyboard: false

    function take_keyboard() {
        bar.keyboard = true
        bar.requestActivate()
        if (bar.byHand)
            entry.take_keyboard()
    }

    flags: Qt.Tool | Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint | (keyboard ? 0 : Qt.WindowDoesNotAcceptFocus)
    onActiveChanged: if (!active) keyboard = false
    onVisibleChanged: if (!visible) keyboard = false
    title: bar.now.window || bar.manual.window
    width: 860
    height: 56
    color: byHand ? colours.stage : colours.structure
    visible: false
    Component.onCompleted: Theme.app = "counter"

    Ink {
        id: colours
        stale: bar.status.stale && !bar.byHand
    }
    Instantiator {
        model: bar.actions.names

        Shortcut {
            required property string modelData
            sequence: bar.actions.states[modelData].key
            autoRepeat: false
            onActivated: bar.actions.press(modelData)
        }
    }
    component Cap: KeyCap {
        actions: bar.actions
        orders: bar.orders
        ink: colours
        dark: true
        notesHere: false
        objectName: "bar-" + action
        y: 6
        height: 44
        width: 104
    }

    Item {
        id: grip
        objectName: "bar-grip"
        width: 200
        height: parent.height

        Grid {
            x: 10
            anchors.verticalCenter: parent.verticalCenter
            columns: 2
            spacing: 4
            Repeater {
                model: 8
                Rectangle { width: 4; height: 4; radius: 2; color: "#99FFFFFF" }
            }
        }
        Rectangle {
            x: 32
            y: 4
            width: 164
            height: 48
            radius: 8
            color: bar.called ? colours.stage : bar.isLong ? colours.call : "transparent"

            Words {
                objectName: "bar-number"
                ink: colours
                text: bar.number || "—"
                color: bar.isLong && !bar.called ? colours.text : bar.called ? colours.call : colours.light
                font { pixelSize: 30; weight: Font.Black; features: { "tnum": 1 } }
                x: 10
                height: parent.height
            }
            Words {
                ink: colours
                text: bar.byHand ? (bar.number === "" ? bar.manual.stateText : bar.manual.clock)
                    : bar.number === "" ? bar.now.stateText : bar.now.clock
                color: bar.isLong && !bar.called ? colours.text : colours.light
                font { pixelSize: 16; features: { "tnum": 1 } }
                horizontalAlignment: Text.AlignRight
                width: 66
                height: parent.height
                anchors { right: parent.right; rightMargin: 8 }
            }
        }
        MouseArea {
            id: hand
            property point from
            property bool moved: false
            anchors.fill: parent
            cursorShape: Qt.SizeAllCursor
            onPressed: (mouse) => {
                from = Qt.point(mouse.x, mouse.y)
                moved = false
            }
            onPositionChanged: (mouse) => {
                if (!moved && Math.abs(mouse.x - from.x) + Math.abs(mouse.y - from.y) < 6)
                    return
                moved = true
                bar.x += mouse.x - from.x
                bar.y += mouse.y - from.y
            }
            onReleased: {
                if (moved)
                    bar.shape.barMoved(bar.x, bar.y)
                else
                    bar.take_keyboard()
            }
        }
    }
    Row {
        visible: bar.byHand
        x: 208
        spacing: 8

        NumberEntry {
            id: entry
            objectName: "bar-entry"
            manual: bar.manual
            ink: colours
            size: 22
            y: 6
            width: 124
            height: 44
        }
        Cap { action: "start"; visible: !bar.serving; width: 132; objectName: "bar-manual-start" }
        Cap { action: "miss"; visible: !bar.serving; objectName: "bar-manual-miss" }
        Cap { action: "finish"; visible: bar.serving; width: 244; objectName: "bar-manual-finish" }
    }
    Row {
        visible: !bar.byHand
        x: 208
        spacing: 8

        Cap { action: "next"; width: 132; size: 18 }
        Cap { action: "recall"; visible: !bar.serving }
        Cap { action: "finish"; visible: bar.serving; width: 212 }
        Cap { action: "start"; visible: !bar.serving; width: 128 }
        Cap { action: "miss"; visible: !bar.serving; width: 100 }
    }
    Words {
        objectName: "bar-offline"
        visible: bar.byHand
        ink: colours
        text: [bar.manual.headline, bar.manual.since].filter(part => part !== "").join("\n")
        color: Theme.call
        font { pixelSize: 16; weight: Font.Bold; features: { "tnum": 1 } }
        fontSizeMode: Text.Fit
        minimumPixelSize: 12
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignRight
        maximumLineCount: 3
        lineHeight: 0.9
        height: parent.height
        width: 168
        anchors { right: open.left; rightMargin: 10 }
    }
    Words {
        objectName: "bar-waiting"
        visible: !bar.byHand
        ink: colours
        text: qsTr("等候 %1").arg(bar.line.count)
        color: colours.light
        font { pixelSize: 17; weight: Font.Bold }
        horizontalAlignment: Text.AlignRight
        height: parent.height
        width: 92
        anchors { right: open.left; rightMargin: 10 }
    }
    PlainKey {
        id: open
        objectName: "bar-open"
        ink: colours
        dark: true
        text: qsTr("展开")
        y: 6
        width: 72
        height: 44
        anchors { right: parent.right; rightMargin: 8 }
        onActivated: bar.shape.switch()
    }
    Rectangle {
        visible: bar.note !== ""
        x: bar.byHand ? 340 : 348
        width: open.x - x - 8
        height: parent.height
        color: "#FFFFFF"

        Words {
            objectName: "bar-note"
            ink: colours
            text: bar.note
            color: "#7A1710"
            font { pixelSize: 16; weight: Font.Bold }
            wrapMode: Text.Wrap
            maximumLineCount: 2
            anchors { fill: parent; leftMargin: 14; rightMargin: 14 }
        }
    }
    Rectangle {
        visible: bar.active
        anchors.fill: parent
        color: "transparent"
        border { width: 3; color: "#FFD27A" }
    }
}
