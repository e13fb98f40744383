pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Which lane? Or: find a matter. Or: print a lost slip again.
Item {
    id: home

    required property HomeModel model
    required property bool isOnline
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        visible: !home.isCompact
        text: qsTr("您好，请选择要办的事")
    }

    Row {
        id: ways

        anchors.top: home.isCompact ? parent.top : title.bottom
        anchors.topMargin: home.isCompact ? 0 : Theme.gap
        width: parent.width
        height: Theme.touch
        spacing: Theme.gap

        Key {
            objectName: "search"
            width: reprint.visible ? (parent.width - parent.spacing) * 0.64 : parent.width
            height: parent.height
            icon: "search"
            look: "main"
            text: home.isWide || home.isCompact || Look.isElder || reprint.visible ? qsTr("按名称查找事项") : qsTr("按名称查找事项（汉字、拼音、首字母）")
            size: Look.isElder ? Theme.body : 36 * Look.type
            enabled: home.isOnline
            onTapped: home.model.openSearch()
        }

        Key {
            id: reprint

            objectName: "find-ticket"
            visible: home.model.hasReader
            width: (parent.width - parent.spacing) * 0.36
            height: parent.height
            icon: "print"
            text: qsTr("补打号票")
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
        text: qsTr("已有号票？把票上的码对准扫码口，看前面还有几人")
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
                opacity: home.isOnline ? 1 : 0.55
                isNarrow: list.columns === 2
                onTapped: home.model.choose(letter)
            }
        }
    }
}
