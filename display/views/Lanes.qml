// The lanes: who waits where, and how long. Few lanes stand larger, eleven still fit.
import QtQuick
import Display

Rectangle {
    id: view

    required property LanesModel lanes
    required property Ink ink
    readonly property int heading: 56
    readonly property int columns: width > 900 ? 2 : 1
    readonly property int lines: Math.max(1, Math.ceil(lanes.rows.length / columns))
    readonly property real rowHeight: Math.min(140, (height - heading - 12) / lines)

    radius: 16
    color: view.ink.card
    border { width: 1; color: view.ink.line }

    BoardText {
        ink: view.ink
        text: view.lanes.heading
        color: view.ink.quiet
        font.pixelSize: 28
        height: view.heading
        anchors { left: parent.left; leftMargin: 24 }
    }
    BoardText {
        ink: view.ink
        visible: view.columns === 1
        text: view.lanes.headingWaiting
        color: view.ink.quiet
        font.pixelSize: 28
        height: view.heading
        horizontalAlignment: Text.AlignRight
        x: view.width * 0.36
        width: view.width * 0.23
    }
    BoardText {
        ink: view.ink
        visible: view.columns === 1
        text: view.lanes.headingWait
        color: view.ink.quiet
        font.pixelSize: 28
        height: view.heading
        horizontalAlignment: Text.AlignRight
        anchors { right: parent.right; rightMargin: 24 }
    }
    Repeater {
        model: view.lanes.rows

        LaneRow {
            required property int index
            required property var modelData

            ink: view.ink
            lane: modelData
            x: (index % view.columns) * view.width / view.columns
            y: view.heading + Math.floor(index / view.columns) * view.rowHeight
            width: view.width / view.columns
            height: view.rowHeight
        }
    }
}
