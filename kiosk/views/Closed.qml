import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// This lane gives no numbers now: why, and when it does again.
Item {
    id: closed

    required property LaneModel model
    required property BookModel book
    property bool isCompact: false
    property bool isWide: false

    signal ended

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -go.height / 2
        width: parent.width
        spacing: (closed.isCompact ? 20 : 40) * Look.unit

        LaneBadge {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !(closed.isCompact && Look.isElder)
            letter: closed.model.letter
            size: (closed.isCompact ? 110 : 176) * Look.unit
            color: Theme.quiet
        }

        Title {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: closed.model.reason === "" ? qsTr("%1现在不在服务时间").arg(closed.model.name) : qsTr("%1暂停取号").arg(closed.model.name)
        }

        Say {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            size: Theme.large
            text: closed.model.reason
        }

        Note {
            width: parent.width
            mood: "plain"
            icon: "clock"
            size: Theme.large
            text: Words.opening(closed.model.opensDay, closed.model.opensAt)
        }

        Say {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            color: Theme.quiet
            text: closed.model.hours
        }
    }

    Row {
        id: go

        anchors.bottom: parent.bottom
        width: parent.width
        height: (closed.isCompact ? 124 : 152) * Look.unit
        spacing: Theme.gap

        Key {
            objectName: "book-instead"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            look: "main"
            icon: "calendar"
            size: 40 * Look.tightType
            text: qsTr("预约其他时间")
            onTapped: closed.book.bookInstead()
        }

        Key {
            objectName: "choose-other"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            icon: "home"
            size: 40 * Look.tightType
            text: qsTr("看看别的队列")
            onTapped: closed.ended()
        }
    }
}
