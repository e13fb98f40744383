import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Really? A booking that is cancelled goes to others at once.
Item {
    id: give

    required property BookMineModel model
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        text: qsTr("要取消这个预约吗？")
    }

    Column {
        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        width: parent.width
        spacing: Theme.space

        BookingCard {
            width: parent.width
            month: give.model.month
            dayOfMonth: give.model.dayOfMonth
            weekday: give.model.weekday
            time: give.model.time
            matter: give.model.matterName
            isTight: give.isCompact
        }

        Note {
            objectName: "give-up-note"
            width: parent.width
            mood: give.model.sentence === "" ? "plain" : "refusal"
            icon: give.model.sentence === "" ? "help" : "warning"
            text: give.model.sentence !== "" ? give.model.sentence : qsTr("取消后位置马上让给别人，不能恢复")
        }
    }

    Row {
        anchors.bottom: parent.bottom
        width: parent.width
        height: (give.isCompact ? 124 : 168) * Look.unit
        spacing: Theme.gap

        Key {
            objectName: "cancel-booking"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            icon: "close"
            size: 40 * Look.tightType
            isBusy: give.model.isAsking
            enabled: !give.model.isAsking
            text: qsTr("确定取消")
            onTapped: give.model.cancel()
        }

        Key {
            objectName: "keep-booking"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            look: "main"
            icon: "back"
            size: 40 * Look.tightType
            enabled: !give.model.isAsking
            text: qsTr("不取消，保留")
            onTapped: give.model.keep()
        }
    }
}
