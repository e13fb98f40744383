// Days with places above, the times of the chosen day below.
import QtQuick
import Counter

FocusScope {
    id: view

    required property PlacesModel places
    required property Ink ink
    // The chosen time was taken once more.
    signal agreed

    Words {
        id: daysHead
        ink: view.ink
        visible: days.count > 0
        text: qsTr("日期")
        color: view.ink.quiet
        font.pixelSize: view.ink.small
        height: 26
    }
    BookGrid {
        id: days
        objectName: "book-days"
        prefix: "day"
        ink: view.ink
        model: view.places.days
        chosen: view.places.dayKey
        focus: true
        anchors { top: daysHead.bottom; left: parent.left; right: parent.right }
        height: 3 * cellHeight
        cellWidth: Math.floor((width - 10) / 5)
        cellHeight: 66
        onTaken: (key) => {
            view.places.chooseDay(key)
            times.forceActiveFocus()
        }
    }
    Words {
        id: timesHead
        ink: view.ink
        visible: view.places.dayKey !== ""
        text: qsTr("时间")
        color: view.ink.quiet
        font.pixelSize: view.ink.small
        anchors { top: days.bottom; topMargin: 8 }
        height: 26
    }
    BookGrid {
        id: times
        objectName: "book-times"
        prefix: "time"
        ink: view.ink
        model: view.places.times
        chosen: view.places.timeKey
        anchors { top: timesHead.bottom; left: parent.left; right: parent.right; bottom: parent.bottom }
        cellWidth: Math.floor((width - 10) / 6)
        cellHeight: 62
        onTaken: (key) => {
            if (key === view.places.timeKey)
                view.agreed()
            else
                view.places.chooseTime(key)
        }
    }
    Words {
        objectName: "book-told"
        ink: view.ink
        text: view.places.told
        color: view.ink.quiet
        font.pixelSize: 18
        wrapMode: Text.Wrap
        maximumLineCount: 3
        anchors { top: days.count > 0 ? timesHead.bottom : parent.top; topMargin: 12; left: parent.left; right: parent.right }
    }
}
