pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Numbers this person already holds, each to be printed again.
Item {
    id: found

    required property FoundModel model
    required property ReasonsModel reasons
    property bool isCompact: false
    property bool isWide: false

    signal ended

    Title {
        id: title

        width: parent.width
        text: found.model.isInTheWay ? qsTr("您已经有号了") : found.model.count > 0 ? qsTr("请选择要补打的号") : qsTr("今天没有您的号")
    }

    Note {
        id: reason

        anchors.top: title.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        width: parent.width
        mood: "plain"
        icon: "help"
        text: found.reasons.sentence !== "" ? found.reasons.sentence : found.model.isInTheWay ? found.model.sentence : found.model.count === 0 ? qsTr("这张身份证今天没有正在等候的号，可以返回取号") : ""
    }

    Paged {
        id: list

        anchors.top: reason.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: parent.bottom
        width: parent.width
        paging: found.model.paging
        rowLeast: (Look.isElder ? 260 : 176) * Look.unit

        Repeater {
            model: found.model.rows

            TicketRow {
                width: list.cellWidth
                height: list.rowHeight
                explains: found.reasons.canPrint || found.reasons.isPrinting
                isExplaining: found.reasons.isPrinting
                onAsked: found.reasons.printFor(id)
                onTapped: found.model.printAgain(id)
            }
        }
    }

    Key {
        objectName: "choose-other"
        anchors.bottom: parent.bottom
        visible: found.model.count === 0
        width: parent.width
        height: (found.isCompact ? 124 : 152) * Look.unit
        look: "main"
        icon: "home"
        size: 48 * Look.unit
        text: qsTr("返回首页")
        onTapped: found.ended()
    }
}
