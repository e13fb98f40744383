import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// What stands around every step: the hall, its clock, and the keys that always work. Upright they lie above
// and below the step; across, in a column at its left. `inner` is the room left for the step.
Item {
    id: frame

    required property FrameModel model
    required property ClockModel clock

    readonly property bool isHome: model.step === "home"
    // How far down everything begins; large type needs a little more room, still within reach.
    readonly property real fall: !Look.isLow ? 0 : height * (!Look.isPortrait ? 0.36 : Look.isElder ? 0.42 : 0.5)
    readonly property real side: Look.isPortrait ? width : 460 * Look.unit
    readonly property real headHeight: Look.isPortrait ? (Look.isLow ? fall : 168 * Look.unit) : height
    // English takes two lines where six keys stand in a row.
    readonly property real toolSize: (isOneRow && hasNavigation && model.language === "en" ? 23 : 28) * Look.unit
    readonly property real toolsTop: Look.isPortrait ? headHeight + Theme.space : height - Theme.margin - toolsHeight - (navigation.visible ? navHeight + Theme.gap : 0)
    readonly property real toolsHeight: Look.isPortrait ? Theme.touch : 2 * Theme.touch + Theme.gap
    readonly property real navHeight: 128 * Look.unit
    // Upright and low, the ways out stand in one row with the tools.
    readonly property bool isOneRow: Look.isPortrait && Look.isLow
    readonly property real sixth: (width - 2 * Theme.margin - 5 * Theme.gap) / 6
    readonly property bool hasNavigation: !isHome && model.step !== "done" && model.step !== "issuing" && model.step !== "booked" && !model.isBusy
    readonly property real staleHeight: stale.visible ? stale.implicitHeight + Theme.gap : 0

    readonly property rect inner: Look.isPortrait ? Qt.rect(Theme.margin, toolsTop + toolsHeight + Theme.space + staleHeight, width - 2 * Theme.margin, height - toolsTop - toolsHeight - Theme.space - staleHeight - Theme.margin - (hasNavigation && !isOneRow ? navHeight + Theme.space : 0)) : Qt.rect(side + Theme.margin, fall + Theme.margin + staleHeight, width - side - 2 * Theme.margin, height - fall - 2 * Theme.margin - staleHeight)
    readonly property bool isCompact: Look.isLow || inner.height < 820 * Look.unit

    Rectangle {
        id: head

        width: frame.side
        height: frame.headHeight
        color: Theme.structure

        Say {
            id: hall

            objectName: "hall"
            x: Theme.margin
            y: Look.isPortrait ? (Look.isLow ? head.height * 0.24 : (head.height - height) / 2) : Theme.margin
            width: Look.isPortrait ? (Look.isLow ? head.width - 2 * Theme.margin : head.width - time.width - 3 * Theme.margin) : head.width - 2 * Theme.margin
            text: frame.model.hallName
            size: (Look.isPortrait ? (Look.isLow ? 56 : 44) : 42) * Look.unit
            font.bold: true
            color: "#FFFFFF"
            horizontalAlignment: Look.isPortrait && Look.isLow ? Text.AlignHCenter : Text.AlignLeft
            maximumLineCount: Look.isPortrait && !Look.isLow ? 2 : 4
            fontSizeMode: Text.Fit
            minimumPixelSize: 26 * Look.unit
            height: Look.isPortrait ? (Look.isLow ? implicitHeight : Math.min(implicitHeight, head.height - Theme.gap)) : implicitHeight
        }

        Column {
            id: time

            readonly property int side: Look.isPortrait ? (Look.isLow ? Text.AlignHCenter : Text.AlignRight) : Text.AlignLeft

            x: Look.isPortrait && !Look.isLow ? head.width - width - Theme.margin : Theme.margin
            y: Look.isPortrait && !Look.isLow ? (head.height - height) / 2 : hall.y + hall.height + 28 * Look.unit
            width: Look.isPortrait && !Look.isLow ? 320 * Look.unit : head.width - 2 * Theme.margin

            Say {
                objectName: "clock"
                width: parent.width
                horizontalAlignment: time.side
                text: frame.clock.time
                size: (Look.isPortrait ? (Look.isLow ? 128 : 64) : 112) * Look.unit
                font.bold: true
                font.features: Theme.tabular
                color: "#FFFFFF"
                lineHeight: 1
            }

            Say {
                width: parent.width
                horizontalAlignment: time.side
                visible: frame.clock.time !== ""
                text: qsTr("%1月%2日 %3").arg(frame.clock.month).arg(frame.clock.day).arg(Words.weekday(frame.clock.weekday))
                size: (Look.isPortrait ? (Look.isLow ? 40 : 26) : 34) * Look.unit
                color: "#DCE6F6"
            }
        }
    }

    Grid {
        id: tools

        readonly property real each: (width - (columns - 1) * Theme.gap) / columns

        x: frame.isOneRow && frame.hasNavigation ? Theme.margin + 2 * (frame.sixth + Theme.gap) : Look.isPortrait ? Theme.margin : Theme.space
        y: frame.toolsTop
        width: Look.isPortrait ? frame.width - x - Theme.margin : frame.side - 2 * Theme.space
        columns: Look.isPortrait ? 4 : 2
        spacing: Theme.gap

        Key {
            objectName: "language"
            width: tools.each
            isStacked: true
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "language"
            size: frame.toolSize
            text: frame.model.language === "zh" ? "English" : "中文"
            onTapped: frame.model.turnLanguage()
        }

        Key {
            objectName: "elder"
            width: tools.each
            isStacked: true
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "elder"
            size: frame.toolSize
            isOn: frame.model.isElder
            text: frame.model.isElder ? qsTr("标准字") : qsTr("大字")
            onTapped: frame.model.turnElder()
        }

        Key {
            objectName: "low"
            width: tools.each
            isStacked: true
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "low"
            size: frame.toolSize
            isOn: frame.model.isLow
            text: frame.model.isLow ? qsTr("恢复高度") : qsTr("低位")
            onTapped: frame.model.turnLow()
        }

        Key {
            objectName: "help"
            width: tools.each
            isStacked: true
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "staff"
            size: frame.toolSize
            text: qsTr("人工帮助")
            enabled: frame.model.step !== "help" && !frame.model.isBusy
            onTapped: frame.model.askHelp()
        }
    }

    Note {
        id: stale

        objectName: "stale"
        x: frame.inner.x
        y: Look.isPortrait ? frame.toolsTop + frame.toolsHeight + Theme.gap : frame.fall + Theme.margin - Theme.space
        width: frame.inner.width
        icon: "offline"
        size: Theme.small
        text: {
            if (frame.model.isFailing)
                return frame.model.givesOffline ? qsTr("系统暂时不能保存，仍可取号") : qsTr("系统暂时不能保存，不能取号，请联系工作人员")
            if (frame.model.isOnline || !frame.model.isKnown)
                return ""
            return (frame.model.givesOffline ? qsTr("联系不上系统，仍可离线取号。数据更新于 %1") : qsTr("联系不上系统，暂时不能取号。数据更新于 %1")).arg(frame.model.staleSince)
        }
    }

    Row {
        id: navigation

        x: Look.isPortrait ? Theme.margin : Theme.space
        y: frame.isOneRow ? frame.toolsTop : frame.height - Theme.margin - frame.navHeight
        width: frame.isOneRow ? 2 * frame.sixth + Theme.gap : Look.isPortrait ? frame.width - 2 * Theme.margin : frame.side - 2 * Theme.space
        height: frame.isOneRow ? frame.toolsHeight : frame.navHeight
        spacing: Theme.gap
        visible: frame.hasNavigation

        Key {
            objectName: "back"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "back"
            isStacked: frame.isOneRow || !Look.isPortrait && Look.isElder
            size: isStacked ? 28 * Look.unit : Theme.body
            text: qsTr("返回")
            enabled: frame.model.canGoBack
            onTapped: frame.model.back()
        }

        Key {
            objectName: "home"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            look: Look.isPortrait ? "plain" : "quiet"
            icon: "home"
            isStacked: frame.isOneRow || !Look.isPortrait && Look.isElder
            size: isStacked ? 28 * Look.unit : Theme.body
            text: qsTr("首页")
            onTapped: frame.model.goHome()
        }
    }
}
