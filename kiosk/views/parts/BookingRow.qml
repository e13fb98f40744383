import QtQuick
import Hall.Controls

// A booking of one's own: when, what, its code; and the keys to change or cancel it.
Panel {
    id: row

    required property int id
    required property string standing
    required property string matter
    required property string laneName
    required property string place
    required property int month
    required property int dayOfMonth
    required property string weekday
    required property string time
    required property string code
    required property bool isOffer
    required property bool mustMove

    readonly property bool isHeld: standing === "reserved"

    signal changed
    signal givenUp

    Column {
        anchors.left: parent.left
        anchors.right: keys.left
        anchors.margins: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4 * Look.unit

        Say {
            width: parent.width
            text: Words.day(row.month, row.dayOfMonth, row.weekday) + "  " + row.time
            size: 48 * Look.unit
            font.bold: true
            color: Theme.structure
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 30 * Look.unit
        }

        Say {
            width: parent.width
            text: row.matter
            size: 34 * Look.tightType
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Say {
            width: parent.width
            text: [row.laneName, row.place].filter(part => part !== "").join("  ·  ")
            size: 28 * Look.tightType
            color: Theme.quiet
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Say {
            width: parent.width
            text: row.isHeld ? qsTr("有空位了，请确认") : row.mustMove ? qsTr("这个时间办不了，请改期") : qsTr("预约码 %1").arg(row.code)
            size: 28 * Look.tightType
            font.bold: row.isHeld || row.mustMove
            color: row.isHeld || row.mustMove ? Theme.refusal : Theme.quiet
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
        }
    }

    Column {
        id: keys

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(300 * Look.unit, row.width * 0.36)
        spacing: Theme.gap

        Key {
            objectName: "change-" + row.id
            width: parent.width
            height: 124 * Look.unit
            look: "main"
            icon: row.isHeld ? "check" : "calendar"
            size: 40 * Look.unit
            text: row.isHeld ? qsTr("确认") : qsTr("改期")
            onTapped: row.changed()
        }

        Key {
            objectName: "give-up-" + row.id
            width: parent.width
            height: 124 * Look.unit
            icon: "close"
            size: 40 * Look.unit
            text: row.isHeld ? qsTr("不要") : qsTr("取消")
            onTapped: row.givenUp()
        }
    }
}
