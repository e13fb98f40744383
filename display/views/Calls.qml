// The large call and the rows of those before it.
pragma ComponentBehavior: Bound
import QtQuick
import Display

Item {
    id: view

    required property CallsModel calls
    required property Ink ink
    readonly property int gap: 6
    readonly property real rowHeight: (height - large.height) / 5 - gap

    LargeCall {
        id: large
        objectName: "largeCall"
        calls: view.calls
        ink: view.ink
        width: view.width
        height: Math.round(view.height * 0.355)
    }
    Repeater {
        model: 5 - view.calls.rows.length

        Rectangle {
            required property int index

            radius: 16
            color: "transparent"
            border { width: 2; color: view.ink.line }
            y: large.height + view.gap + (4 - index) * (view.rowHeight + view.gap)
            width: view.width
            height: view.rowHeight
        }
    }
    Repeater {
        model: view.calls.rows

        CallRow {
            required property int index
            required property var modelData

            ink: view.ink
            call: modelData
            windowWord: view.calls.windowWord
            y: large.height + view.gap + index * (view.rowHeight + view.gap)
            width: view.width
            height: view.rowHeight
        }
    }
}
