import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Not checked in: why, and what to do instead.
Item {
    id: no

    required property CheckInModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    // The two ways on, the likelier one first.
    readonly property var ways: ({
            "unreachable": ["retry", "card"],
            "unknown_booking": ["code", "card"],
            "booking_moved": ["card", "code"],
            "booking_other_day": ["mine", "home"],
            "no_booking_today": ["home", "code"],
            "booking_over": ["ticket", "home"],
            "has_live_ticket": ["ticket", "home"]
        })[model.refusal] ?? ["home", "card"]

    function nameOf(way: string): string {
        switch (way) {
        case "retry":
            return qsTr("再试一次");
        case "card":
            return model.hasReader ? qsTr("用身份证签到") : qsTr("重新扫码");
        case "code":
            return qsTr("重新输入预约码");
        case "mine":
            return qsTr("看我的预约，改期或取消");
        case "ticket":
            return model.hasReader ? qsTr("已有号，补打号票") : qsTr("返回首页");
        default:
            return qsTr("返回首页取号");
        }
    }

    function iconOf(way: string): string {
        return { "retry": "more", "card": "card", "code": "keypad", "mine": "calendar", "ticket": "print" }[way] ?? "home";
    }

    function follow(way: string): void {
        if (way === "retry")
            model.tryAgain();
        else if (way === "card")
            model.open();
        else if (way === "code")
            model.typeCode();
        else if (way === "mine")
            model.findMine();
        else if (way === "ticket" && model.hasReader)
            model.lookUpTicket();
        else
            no.ended();
    }

    Title {
        id: title

        width: parent.width
        text: no.model.isAsking ? qsTr("正在签到，请稍候") : qsTr("还没有签到")
    }

    Note {
        objectName: "check-in-note"
        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        width: parent.width
        mood: "warning"
        icon: no.model.refusal === "unreachable" ? "offline" : "help"
        size: no.isCompact ? 38 * Look.tightType : 44 * Look.tightType
        text: no.model.sentence
    }

    Column {
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.gap

        Key {
            objectName: "way-" + no.ways[0]
            width: parent.width
            height: (no.isCompact ? 124 : 184) * Look.unit
            look: "main"
            icon: no.iconOf(no.ways[0])
            size: 48 * Look.unit
            isBusy: no.model.isAsking
            enabled: !no.model.isAsking
            text: no.nameOf(no.ways[0])
            onTapped: no.follow(no.ways[0])
        }

        Key {
            objectName: "way-" + no.ways[1]
            width: parent.width
            height: (no.isCompact ? 124 : 152) * Look.unit
            icon: no.iconOf(no.ways[1])
            size: 44 * Look.unit
            enabled: !no.model.isAsking
            text: no.nameOf(no.ways[1])
            onTapped: no.follow(no.ways[1])
        }
    }
}
