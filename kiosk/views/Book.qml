import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// A new booking, or one's own: two choices.
Item {
    id: book

    required property BookModel model
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        text: qsTr("预约：请选择")
    }

    Grid {
        readonly property bool isBeside: book.isWide || book.isCompact

        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        width: parent.width
        columns: isBeside ? 2 : 1
        spacing: Theme.space

        Key {
            objectName: "book-new"
            width: parent.isBeside ? (parent.width - parent.spacing) / 2 : parent.width
            height: (book.isCompact ? 280 : 340) * Look.unit
            look: "main"
            icon: "calendar"
            isStacked: true
            size: 56 * Look.unit
            text: qsTr("预约一个时间")
            onTapped: book.model.bookNew()
        }

        Key {
            objectName: "book-mine"
            width: parent.isBeside ? (parent.width - parent.spacing) / 2 : parent.width
            height: (book.isCompact ? 280 : 340) * Look.unit
            icon: "card"
            isStacked: true
            size: 56 * Look.unit
            text: qsTr("我的预约：改期、取消")
            onTapped: book.model.findMine()
        }
    }
}
