import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The identity card: where to lay it, what was read of it (masked), or on without it.
Item {
    id: identity

    required property IdentityModel model
    property bool isCompact: false
    property bool isWide: false

    signal ended

    readonly property bool isBeside: isWide || isCompact

    Title {
        id: title

        width: parent.width
        text: identity.model.isTyped ? qsTr("已记下您的证件号") : !identity.model.isReaderReady ? qsTr("读卡器现在不能用") : identity.model.isRead ? qsTr("已读到您的身份证") : qsTr("请将身份证放在下方感应区")
    }

    Item {
        id: middle

        anchors.top: title.bottom
        anchors.topMargin: Theme.space
        anchors.bottom: keys.top
        anchors.bottomMargin: Theme.space
        width: parent.width

        ReaderPicture {
            id: picture

            // With little room, a typed number needs the words more than the picture of a reader.
            visible: !(identity.isCompact && identity.model.isTyped)
            width: !visible ? 0 : identity.isBeside ? parent.width * 0.46 : parent.width
            height: identity.isBeside ? parent.height : parent.height * 0.56
            isRead: identity.model.isRead
            isBroken: !identity.model.isReaderReady && !identity.model.isTyped
        }

        Column {
            x: identity.isBeside && picture.visible ? picture.width + Theme.space : 0
            y: identity.isBeside ? (parent.height - height) / 2 : picture.height + Theme.space + Math.max(0, (parent.height - picture.height - Theme.space - height) / 2)
            width: parent.width - x
            spacing: identity.isCompact ? Theme.gap : Theme.space

            Panel {
                visible: identity.model.isRead
                width: parent.width
                height: card.implicitHeight + 2 * Theme.space

                Column {
                    id: card

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.margins: Theme.space
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 8 * Look.unit

                    Say {
                        objectName: "card-name"
                        visible: text !== ""
                        text: identity.model.name
                        size: 64 * Look.type
                        font.bold: true
                    }

                    Say {
                        objectName: "card-number"
                        width: parent.width
                        text: identity.model.number
                        size: 44 * Look.unit
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: 26 * Look.unit
                        maximumLineCount: 1
                        color: Theme.quiet
                    }
                }
            }

            Note {
                width: parent.width
                mood: "good"
                icon: "heart"
                size: identity.isCompact ? 30 * Look.tightType : Theme.body
                text: identity.model.isElderly ? qsTr("您年满 65 岁，可优先办理") : ""
            }

            Note {
                width: parent.width
                mood: "plain"
                icon: "card"
                size: identity.isCompact ? 30 * Look.tightType : Theme.body
                text: identity.model.isTyped ? qsTr("到窗口时请带好证件原件") : ""
            }

            Note {
                objectName: "reader-sentence"
                width: parent.width
                text: identity.model.isReaderReady ? identity.model.sentence : ""
            }

            Note {
                width: parent.width
                mood: "plain"
                icon: "help"
                text: identity.model.isReaderReady || identity.model.isTyped ? "" : identity.model.isForFinding ? (identity.model.isForBooking ? qsTr("改期、取消请用手机扫预约凭证，或到咨询台") : qsTr("补打号票请到咨询台，我们帮您办理")) : identity.model.isForBooking ? qsTr("没关系，可以手动输入证件号预约") : qsTr("没关系，不刷卡也可以取号")
            }

            Say {
                width: parent.width
                visible: identity.model.isReaderReady && !identity.model.isRead && identity.model.sentence === ""
                text: identity.model.isForFinding ? (identity.model.isForBooking ? qsTr("用来查找您的预约，不保存照片") : qsTr("用来查找您今天已取的号，不保存照片")) : identity.model.isForBooking ? qsTr("预约要有证件号，到时凭身份证签到。不保存照片") : qsTr("刷卡后可优先照顾老年人，丢了号票也能补打。不保存照片")
                color: Theme.quiet
                horizontalAlignment: identity.isBeside ? Text.AlignLeft : Text.AlignHCenter
            }
        }
    }

    Item {
        id: keys

        anchors.bottom: parent.bottom
        visible: !identity.model.isForFinding
        width: parent.width
        height: (identity.isCompact ? 124 : 152) * Look.unit

        Key {
            id: type

            objectName: "type-number"
            visible: !identity.model.isRead || identity.model.isTyped
            width: !visible ? 0 : go.visible ? (parent.width - Theme.gap) * 0.48 : parent.width
            height: parent.height
            look: go.visible || identity.model.isReaderReady ? "plain" : "main"
            icon: "keypad"
            size: 38 * Look.unit
            text: identity.model.isTyped ? qsTr("重新输入") : qsTr("手动输入证件号")
            onTapped: identity.model.typeNumber()
        }

        Key {
            id: go

            anchors.right: parent.right
            visible: identity.model.isRead || !identity.model.isForBooking
            objectName: identity.model.isRead ? "continue" : "continue-without-card"
            width: parent.width - (type.visible ? type.width + Theme.gap : 0)
            height: parent.height
            look: identity.model.isRead || !identity.model.isReaderReady ? "main" : "plain"
            icon: "more"
            size: identity.model.isRead ? 48 * Look.unit : 40 * Look.unit
            text: identity.model.isRead ? qsTr("继续") : identity.model.isReaderReady ? qsTr("不刷卡，继续") : qsTr("继续取号")
            onTapped: identity.model.goOn()
        }
    }
}
