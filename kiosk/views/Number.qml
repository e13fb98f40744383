pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The ID number, typed: what is wrong with it is said as soon as it is known, and never as a reproach.
Item {
    id: number

    required property NumberModel model
    property bool isCompact: false
    property bool isWide: false

    readonly property bool isBeside: isWide || isCompact
    readonly property bool isWrong: model.reading === "start" || model.reading === "birth" || model.reading === "check"
    readonly property string said: switch (model.reading) {
    case "empty":
        return qsTr("共 18 位，请照着证件输入");
    case "short":
        return qsTr("还差 %1 位").arg(model.missing);
    case "start":
        return qsTr("第一位对不上，请再核对");
    case "birth":
        return qsTr("出生日期对不上，请再核对第 7 至 14 位");
    case "check":
        return qsTr("最后一位对不上，请再核对");
    default:
        return qsTr("号码已核对");
    }

    Column {
        id: top

        width: number.isBeside ? (parent.width - Theme.space) * 0.5 : parent.width
        spacing: Theme.gap

        Title {
            width: parent.width
            visible: !number.isCompact
            text: qsTr("请输入证件号码")
        }

        Rectangle {
            width: parent.width
            height: Theme.touch
            radius: Theme.radius
            color: Theme.surface
            border.width: 3 * Look.unit
            border.color: number.isWrong ? Theme.call : number.model.reading === "right" ? Theme.done : Theme.action

            Say {
                objectName: "typed-number"
                anchors.fill: parent
                anchors.leftMargin: Theme.gap
                anchors.rightMargin: Theme.gap
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: Text.AlignHCenter
                text: number.model.shown
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

        Note {
            objectName: "number-note"
            width: parent.width
            mood: number.isWrong ? "warning" : number.model.reading === "right" ? "good" : "plain"
            icon: number.isWrong ? "warning" : number.model.reading === "right" ? "check" : "card"
            size: number.isCompact ? 28 * Look.tightType : Theme.body
            text: number.said
        }

        Say {
            width: parent.width
            visible: !(number.isCompact && Look.isElder)
            text: qsTr("不是 18 位的证件，可以返回后不刷卡取号")
            size: Theme.small
            color: Theme.quiet
        }
    }

    Grid {
        id: pad

        readonly property real bottomEdge: number.isBeside ? number.height : confirm.y - Theme.space
        readonly property real topEdge: number.isBeside ? 0 : top.height + Theme.space
        readonly property real keyWidth: (width - 2 * spacing) / 3
        readonly property real keyHeight: Math.min((number.isBeside ? 240 : 190) * Look.unit, (bottomEdge - topEdge - 3 * spacing) / 4)

        x: number.isBeside ? top.width + Theme.space : 0
        y: number.isBeside ? 0 : bottomEdge - height
        width: number.isBeside ? parent.width - x : parent.width
        columns: 3
        spacing: Theme.gap

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0"]

            Key {
                required property string modelData

                objectName: "digit-" + modelData.toLowerCase()
                width: pad.keyWidth
                height: pad.keyHeight
                size: 64 * Look.unit
                isBold: true
                enabled: modelData === "X" ? number.model.takesX : number.model.missing > 0
                text: modelData
                onTapped: number.model.press(modelData)
            }
        }

        Key {
            objectName: "digit-erase"
            width: pad.keyWidth
            height: pad.keyHeight
            icon: "erase"
            size: 48 * Look.unit
            enabled: number.model.reading !== "empty"
            Accessible.name: qsTr("删除一位")
            onTapped: number.model.press("erase")
        }
    }

    Row {
        anchors.bottom: parent.bottom
        width: top.width
        height: confirm.height
        spacing: Theme.gap

        Key {
            objectName: "digit-clear"
            width: parent.width * 0.42
            height: parent.height
            icon: "close"
            size: 36 * Look.unit
            text: qsTr("清空")
            enabled: number.model.reading !== "empty"
            onTapped: number.model.press("clear")
        }

        Key {
            objectName: "number-confirm"
            width: parent.width * 0.58 - parent.spacing
            height: parent.height
            look: "main"
            icon: "check"
            size: (number.isBeside ? 40 : 44) * Look.unit
            text: qsTr("确定")
            enabled: number.model.reading === "right"
            onTapped: number.model.confirm()
        }
    }

    Item {
        id: confirm

        anchors.bottom: parent.bottom
        height: (number.isCompact ? 124 : 152) * Look.unit
    }
}
