pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Which lane? Or: book, check in, find a matter, print a lost slip again.
Item {
    id: home

    required property HomeModel model
    required property BookModel book
    required property CheckInModel checkIn
    required property bool isOnline
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        visible: !home.isCompact
        text: qsTr("您好，请选择要办的事")
    }

    Flow {
        id: ways

        // Low, all four stand in one row, so that the lines below keep their room.
        readonly property int abreast: home.isCompact && !Look.isElder ? 4 : 2
        readonly property real each: Math.floor((width - (abreast - 1) * spacing) / abreast)

        anchors.top: home.isCompact ? parent.top : title.bottom
        anchors.topMargin: home.isCompact ? 0 : Theme.gap
        width: parent.width
        spacing: Theme.gap

        Key {
            objectName: "book"
            width: ways.each
            height: Theme.touch
            icon: "calendar"
            text: qsTr("预约办理")
            size: ways.abreast === 4 ? Theme.body : 36 * Look.type
            enabled: home.isOnline
            onTapped: home.book.open()
        }

        Key {
            objectName: "check-in"
            width: ways.each
            height: Theme.touch
            icon: "arrive"
            text: qsTr("预约签到")
            size: ways.abreast === 4 ? Theme.body : 36 * Look.type
            enabled: home.isOnline
            onTapped: home.checkIn.open()
        }

        Key {
            objectName: "search"
            width: reprint.visible || ways.abreast === 4 ? ways.each : ways.width
            height: Theme.touch
            icon: "search"
            look: "main"
            text: ways.abreast === 4 ? qsTr("查找事项") : qsTr("按名称查找事项")
            size: ways.abreast === 4 ? Theme.body : 36 * Look.tightType
            enabled: home.isOnline
            onTapped: home.model.openSearch()
        }

        Key {
            id: reprint

            objectName: "find-ticket"
            visible: home.model.hasReader
            width: ways.each
            height: Theme.touch
            icon: "print"
            text: qsTr("补打号票")
            size: ways.abreast === 4 ? Theme.body : 36 * Look.type
            enabled: home.isOnline
            onTapped: home.model.lookUp()
        }
    }

    Say {
        id: hint

        anchors.top: ways.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        visible: home.model.hasScanner && !home.isCompact
        width: parent.width
        height: visible ? 1.5 * size : 0
        text: qsTr("把号票或预约凭证上的码对准扫码口，查看排队或签到")
        size: Theme.small
        color: Theme.quiet
        maximumLineCount: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 24 * Look.unit
    }

    Paged {
        id: list

        anchors.top: hint.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: parent.bottom
        width: parent.width
        paging: home.model.paging
        columns: (home.isWide || home.isCompact) && !Look.isElder ? 2 : 1
        rowMost: (Look.isElder ? 420 : 168) * Look.unit

        Repeater {
            model: home.model.lanes

            LaneKey {
                width: list.cellWidth
                height: list.rowHeight
                // Below zero: numbers are given without the hub, which alone knows who waits.
                opacity: home.isOnline || waiting < 0 ? 1 : 0.55
                isNarrow: list.columns === 2
                onTapped: home.model.choose(letter)
            }
        }
    }
}
