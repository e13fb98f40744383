pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// On which day: only those that have places, and full ones with a waiting list.
Item {
    id: days

    required property BookModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    Title {
        id: title

        width: parent.width
        text: days.model.isMoving ? qsTr("改到哪一天？") : qsTr("哪一天来办？")
    }

    Say {
        id: matter

        anchors.top: title.bottom
        width: parent.width
        visible: text !== "" && !(days.isCompact && Look.isElder)
        height: visible ? implicitHeight : 0
        text: days.model.matterName
        color: Theme.quiet
        maximumLineCount: 1
        elide: Text.ElideRight
    }

    Paged {
        id: list

        anchors.top: matter.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: parent.bottom
        width: parent.width
        paging: days.model.dayPages
        columns: days.isWide && !Look.isElder ? 4 : 2
        most: Look.isElder ? 6 : 14
        rowLeast: (Look.isElder ? days.isCompact ? 150 : 200 : 132) * Look.unit
        rowMost: (Look.isElder ? 300 : 200) * Look.unit
        visible: days.model.state === "ready"

        Repeater {
            model: days.model.days

            ChoiceKey {
                required property string day
                required property int month
                required property int dayOfMonth
                required property string weekday
                required property string near
                required property int free
                required property bool isFull

                objectName: "day-" + day
                width: list.cellWidth
                height: list.rowHeight
                isQuiet: isFull
                first: near === "today" ? qsTr("今天 %1月%2日").arg(month).arg(dayOfMonth) : near === "tomorrow" ? qsTr("明天 %1月%2日").arg(month).arg(dayOfMonth) : Words.day(month, dayOfMonth, weekday)
                second: isFull ? qsTr("已约满，可候补") : qsTr("余 %1 个").arg(free)
                onTapped: days.model.chooseDay(day)
            }
        }
    }

    Emptiness {
        anchors.fill: list
        status: days.model.state
        sentence: days.model.sentence
        none: qsTr("近期没有可预约的时间，请到咨询台问问，或当天来取号")
        againText: days.model.state === "none" ? qsTr("返回首页取号") : ""
        onAgain: days.model.state === "none" ? days.ended() : days.model.tryAgain()
    }
}
