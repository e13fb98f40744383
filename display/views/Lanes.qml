// The lanes: who waits where, and how long. Few lanes stand larger, eleven still fit.
pragma ComponentBehavior: Bound
import QtQuick
import Display

Rectangle {
    id: view

    required property LanesModel lanes
    required property Ink ink
    readonly property int heading: 56
    readonly property real rowHeight: Math.min(200, (height - heading - 12) / Math.max(1, lanes.rows.length))
    readonly property bool tall: rowHeight >= 110

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
        text: view.lanes.headingWaiting
        color: view.ink.quiet
        font.pixelSize: 28
        height: view.heading
        horizontalAlignment: Text.AlignRight
        x: view.tall ? view.width * 0.6 - 24 : view.width * 0.36
        width: view.width * (view.tall ? 0.4 : 0.23)
    }
    BoardText {
        ink: view.ink
        visible: !view.tall
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
            y: view.heading + index * view.rowHeight
            width: view.width
            height: view.rowHeight
        }
    }
}
