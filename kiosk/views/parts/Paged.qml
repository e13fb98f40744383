import QtQuick
import Hall.Controls
import Hall.Kiosk

// Choices in rows of one height, as many as there is room for, and a way to turn the page when there are more.
Item {
    id: paged

    required property Paging paging
    property real rowLeast: Theme.touch
    property real rowMost: rowLeast
    property int columns: 1
    property int most: Look.isElder ? 2 : 7
    default property alias rows: grid.data

    readonly property bool hasPages: paging.count > Math.min(most, fit(height))
    readonly property real listHeight: height - (hasPages ? Theme.touch + Theme.gap : 0)
    readonly property real cellWidth: (width - (columns - 1) * Theme.gap) / columns
    readonly property real rowHeight: Math.max(rowLeast, Math.min(rowMost, (listHeight + Theme.gap) / Math.ceil(paging.size / columns) - Theme.gap))

    // Choices that fit into this height.
    function fit(room: real): int {
        return Math.max(1, Math.floor((room + Theme.gap) / (rowLeast + Theme.gap))) * columns;
    }

    Binding {
        target: paged.paging
        property: "size"
        delayed: true
        value: Math.min(paged.most, paged.fit(paged.listHeight))
    }

    Grid {
        id: grid

        columns: paged.columns
        spacing: Theme.gap
    }

    Pager {
        anchors.bottom: parent.bottom
        width: parent.width
        visible: paged.hasPages
        paging: paged.paging
    }
}
