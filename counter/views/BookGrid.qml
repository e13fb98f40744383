// Days or times as keys: one stop of Tab, arrows go about in it, Enter or a click takes one.
pragma ComponentBehavior: Bound
import QtQuick

GridView {
    id: grid

    required property Ink ink
    required property string chosen
    property string prefix
    signal taken(string key)

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
    Keys.onPressed: (event) => {
        const takes = [Qt.Key_Space, Qt.Key_Return, Qt.Key_Enter].includes(event.key) && !event.isAutoRepeat
        event.accepted = takes
        if (takes && grid.currentItem !== null)
            grid.taken((grid.currentItem as BookPlace).key)
    }

    delegate: BookPlace {
        ink: grid.ink
        objectName: `${grid.prefix}-${key}`
        width: grid.cellWidth
        height: grid.cellHeight
        isChosen: key === grid.chosen
        isCurrent: grid.activeFocus && GridView.isCurrentItem
        onPressed: {
            grid.currentIndex = index
            grid.forceActiveFocus()
            grid.taken(key)
        }
    }
    Rectangle {
        visible: grid.contentHeight > grid.height
        parent: grid
        x: grid.width - 6
        y: grid.visibleArea.yPosition * grid.height
        width: 6
        height: grid.visibleArea.heightRatio * grid.height
        radius: 3
        color: grid.ink.quiet
    }
}
