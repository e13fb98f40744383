// A key: a word, the key that does the same, a focus ring. Mouse, space and enter press it once.
import QtQuick
import Hall.Controls

Rectangle {
    id: key

    required property Ink ink
    property string text
    property string hint
    property bool main: false
    property bool dark: false
    property int count: 0
    // The word at the left, its key at the right; else both in the middle.
    property bool spread: false
    property int size: ink.body
    signal activated

    readonly property color paper: !enabled ? (dark ? "transparent" : key.ink.off)
        : main && dark ? (area.pressed ? "#D6E2F3" : key.ink.light)
        : main ? (area.pressed ? Theme.actionPressed : key.ink.accent)
        : dark ? (area.pressed ? "#33FFFFFF" : "#14FFFFFF")
        : area.pressed ? key.ink.accentSoft : key.ink.card
    readonly property color pen: dark && main && enabled ? key.ink.structure
        : dark || (main && enabled) ? key.ink.light
        : enabled ? key.ink.text : key.ink.inkOnOff

    implicitHeight: Theme.touch
    implicitWidth: row.implicitWidth + 28
    radius: Theme.radius
    color: paper
    opacity: dark && !enabled ? 0.7 : 1
    border { width: main && enabled ? 0 : 1; color: dark ? "#66FFFFFF" : enabled ? key.ink.quiet : key.ink.line }
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: key.text
    Accessible.focusable: true
    Accessible.onPressAction: key.activated()

    Keys.onPressed: (event) => {
        const presses = [Qt.Key_Space, Qt.Key_Return, Qt.Key_Enter].includes(event.key)
        event.accepted = presses
        if (presses && !event.isAutoRepeat)
            key.activated()
    }

    Rectangle {
        visible: key.activeFocus
        anchors { fill: parent; margins: -4 }
        radius: key.radius + 4
        color: "transparent"
        border { width: 3; color: key.dark ? "#FFD27A" : Theme.focus }
    }
    Row {
        id: row
        x: key.spread ? (key.width < 200 ? 14 : 18) : (key.width - width) / 2
        height: parent.height
        spacing: 8

        Words {
            id: word
            ink: key.ink
            text: key.text
            color: key.pen
            font { pixelSize: key.size; weight: key.main ? Font.Bold : Font.Medium }
            height: parent.height
            width: Math.min(implicitWidth, key.width - 24 - (bubble.visible ? bubble.width + 8 : 0) - (hint.visible ? hint.width + 8 : 0))
        }
        Rectangle {
            id: bubble
            visible: key.count > 0
            width: Math.max(24, number.implicitWidth + 12)
            height: 24
            radius: 12
            color: key.enabled ? key.ink.accent : key.ink.inkOnOff
            anchors.verticalCenter: parent.verticalCenter

            Words {
                id: number
                ink: key.ink
                text: key.count
                color: key.ink.light
                font { pixelSize: 16; weight: Font.Bold }
                anchors.centerIn: parent
            }
        }
        Item {
            visible: hint.visible && !key.spread
            width: hint.width
            height: 1
        }
    }
    Words {
        id: hint
        visible: text !== ""
        ink: key.ink
        text: key.hint.replace("Shift+", "⇧").replace("Ctrl+", "⌃").replace("Alt+", "⌥")
        color: key.pen
        font.pixelSize: 16
        height: key.height
        x: key.spread ? key.width - width - (key.width < 200 ? 12 : 16) : row.x + row.width - width
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: key.activated()
    }
}
