pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// At what time of the chosen day.
Item {
    id: times

    required property BookModel model
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        width: parent.width
        text: qsTr("%1，几点来？").arg(Words.day(times.model.month, times.model.dayOfMonth, times.model.weekday))
    }

    Paged {
        id: list

        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: parent.bottom
        width: parent.width
        paging: times.model.timePages
        columns: (times.isWide && !Look.isElder ? 4 : 3) - (Look.isElder && !times.isWide ? 1 : 0)
        most: Look.isElder ? 6 : 24
        rowLeast: (Look.isElder ? times.isCompact ? 150 : 180 : 124) * Look.unit
        rowMost: (Look.isElder ? 260 : 160) * Look.unit
        visible: times.model.state === "ready"

        Repeater {
            model: times.model.times

            ChoiceKey {
                required property int id
                required property string time
                required property int free

                objectName: "time-" + time
                width: list.cellWidth
                height: list.rowHeight
                first: time
                isLarge: true
                second: qsTr("余 %1 个").arg(free)
                onTapped: times.model.chooseTime(id)
            }
        }
    }

    Emptiness {
        anchors.fill: list
        status: times.model.state
        sentence: times.model.sentence
        none: qsTr("这一天刚刚约满了，请选别的日子")
        againText: times.model.state === "none" ? qsTr("选别的日子") : ""
        onAgain: times.model.state === "none" ? times.model.chooseAgain() : times.model.tryAgain()
    }
}
