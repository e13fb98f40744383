pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// One's own bookings, each to be changed or cancelled.
Item {
    id: mine

    required property BookMineModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    Title {
        id: title

        width: parent.width
        text: mine.model.count > 0 ? qsTr("您的预约") : qsTr("没有您的预约")
    }

    Note {
        id: said

        objectName: "mine-note"
        anchors.top: title.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        width: parent.width
        mood: "good"
        icon: "check"
        text: mine.model.sentence
    }

    Paged {
        id: list

        anchors.top: said.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: parent.bottom
        width: parent.width
        paging: mine.model.paging
        rowLeast: (Look.isElder ? 330 : 300) * Look.unit

        Repeater {
            model: mine.model.rows

            BookingRow {
                width: list.cellWidth
                height: list.rowHeight
                onChanged: mine.model.change(id)
                onGivenUp: mine.model.giveUp(id)
            }
        }
    }

    Row {
        anchors.bottom: parent.bottom
        visible: mine.model.count === 0
        width: parent.width
        height: (mine.isCompact ? 124 : 152) * Look.unit
        spacing: Theme.gap

        Key {
            objectName: "mine-new"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            icon: "calendar"
            size: 40 * Look.tightType
            text: qsTr("预约一个时间")
            onTapped: mine.model.bookNew()
        }

        Key {
            objectName: "mine-home"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            look: "main"
            icon: "home"
            size: 40 * Look.tightType
            text: qsTr("返回首页")
            onTapped: mine.ended()
        }
    }
}
