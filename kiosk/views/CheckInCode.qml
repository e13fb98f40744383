pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The code, typed: only what can stand in one has a key.
Item {
    id: code

    required property CheckInModel model
    property bool isCompact: false
    property bool isWide: false

    Title {
        id: title

        visible: !code.isCompact
        width: parent.width
        height: visible ? implicitHeight : 0
        text: code.model.isAsking ? qsTr("正在签到，请稍候") : qsTr("请输入 10 位预约码")
    }

    Row {
        id: line

        anchors.top: title.bottom
        anchors.topMargin: title.visible ? Theme.gap : 0
        width: parent.width
        height: Theme.touch
        spacing: Theme.gap

        Rectangle {
            width: parent.width - (code.isCompact ? go.width + parent.spacing : 0)
            height: parent.height
            radius: Theme.radius
            color: Theme.surface
            border.width: 3 * Look.unit
            border.color: code.model.missing === 0 ? Theme.done : Theme.action

            Say {
                objectName: "typed-code"
                anchors.fill: parent
                anchors.margins: Theme.gap
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: Text.AlignHCenter
                text: code.model.shown
                size: 64 * Look.unit
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 28 * Look.unit
                maximumLineCount: 1
                wrapMode: Text.NoWrap
                font.bold: true
                font.features: Theme.tabular
                color: Theme.structure
            }
        }
    }

    Say {
        id: hint

        anchors.top: line.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        visible: !code.isCompact
        height: visible ? implicitHeight : 0
        width: parent.width
        text: code.model.missing > 0 ? qsTr("还差 %1 位。没有字母 I、L、O、U：像的是数字 1 和 0").arg(code.model.missing) : qsTr("已输完，请点“签到”")
        color: Theme.quiet
        size: Look.isElder ? Theme.small : Theme.body
    }

    Grid {
        id: pad

        readonly property int rowCount: Math.ceil(34 / columns)
        readonly property real room: (code.isCompact ? code.height : go.y - Theme.space) - y
        readonly property real keyWidth: (width - (columns - 1) * spacing) / columns
        readonly property real keyHeight: Math.min(150 * Look.unit, (room - (rowCount - 1) * spacing) / rowCount)

        anchors.top: hint.bottom
        anchors.topMargin: Theme.space
        width: parent.width
        columns: code.isWide ? 9 : 7
        spacing: Theme.gap

        Repeater {
            model: code.model.letters.length

            Key {
                required property int index

                readonly property string letter: code.model.letters[index]

                objectName: "code-" + letter.toLowerCase()
                width: pad.keyWidth
                height: pad.keyHeight
                size: 52 * Look.unit
                isBold: true
                text: letter
                enabled: code.model.missing > 0 && !code.model.isAsking
                onTapped: code.model.press(letter)
            }
        }

        Key {
            objectName: "code-erase"
            width: pad.keyWidth
            height: pad.keyHeight
            icon: "erase"
            size: 48 * Look.unit
            Accessible.name: qsTr("删除一位")
            enabled: code.model.missing < 10 && !code.model.isAsking
            onTapped: code.model.press("erase")
        }

        Key {
            objectName: "code-clear"
            width: pad.keyWidth
            height: pad.keyHeight
            size: 34 * Look.unit
            text: qsTr("清空")
            enabled: code.model.missing < 10 && !code.model.isAsking
            onTapped: code.model.press("clear")
        }
    }

    Key {
        id: go

        objectName: "code-confirm"
        x: code.isCompact ? parent.width - width : 0
        y: code.isCompact ? line.y : parent.height - height
        width: code.isCompact ? 300 * Look.unit : parent.width
        height: (code.isCompact ? 120 : 152) * Look.unit
        look: "main"
        icon: "check"
        size: 48 * Look.unit
        isBusy: code.model.isAsking
        enabled: code.model.missing === 0 && !code.model.isAsking
        text: qsTr("签到")
        onTapped: code.model.confirmCode()
    }
}
