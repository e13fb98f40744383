import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Who is there: by the card or the code's picture, whichever comes first, or by the typed code.
Item {
    id: check

    required property CheckInModel model
    required property IdentityModel card
    property bool isCompact: false
    property bool isWide: false

    readonly property bool isBeside: isWide || isCompact

    Title {
        id: title

        width: parent.width
        text: check.model.isAsking ? qsTr("正在签到，请稍候") : check.model.hasReader ? qsTr("请放身份证，或扫预约码") : check.model.hasScanner ? qsTr("请扫预约凭证上的码") : qsTr("请输入预约码签到")
    }

    ReaderPicture {
        id: picture

        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        visible: check.model.hasReader && !(check.isCompact && Look.isElder && !check.isWide)
        width: !visible ? 0 : check.isBeside ? parent.width * 0.46 : parent.width
        height: check.isBeside ? type.y - y - Theme.space : (type.y - y) * 0.5
        isRead: check.model.isAsking
        isBroken: !check.card.isReaderReady
    }

    Column {
        x: check.isBeside && picture.visible ? picture.width + Theme.space : 0
        y: check.isBeside || !picture.visible ? picture.y : picture.y + picture.height + Theme.space
        width: parent.width - x
        spacing: Theme.gap

        Note {
            objectName: "reader-sentence"
            width: parent.width
            text: check.card.sentence
        }

        Note {
            width: parent.width
            mood: "plain"
            icon: "card"
            size: check.isBeside ? 32 * Look.tightType : 40 * Look.tightType
            text: !check.model.hasReader ? "" : check.card.isReaderReady ? qsTr("身份证放在下方感应区") : qsTr("读卡器现在不能用，请扫码或输入预约码")
        }

        Note {
            width: parent.width
            mood: "plain"
            icon: "scan"
            size: check.isBeside ? 32 * Look.tightType : 40 * Look.tightType
            text: check.model.hasScanner ? qsTr("纸上或手机上的二维码，对准扫码口") : ""
        }
    }

    Key {
        id: type

        objectName: "type-code"
        anchors.bottom: parent.bottom
        width: parent.width
        height: (check.isCompact ? 124 : 168) * Look.unit
        look: check.model.hasReader && check.card.isReaderReady ? "plain" : "main"
        icon: "keypad"
        size: 44 * Look.unit
        text: qsTr("手动输入预约码（10 位）")
        enabled: !check.model.isAsking
        onTapped: check.model.typeCode()
    }
}
