pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// Find a matter. Letters and digits on the screen; Chinese from a keyboard or a scanner.
Item {
    id: search

    required property SearchModel model
    property bool isCompact: false
    property bool isWide: false
    // With little room the keys and the results take turns.
    property bool showsResults: !isCompact

    onIsCompactChanged: showsResults = !isCompact
    Component.onCompleted: field.forceActiveFocus()

    Row {
        id: top

        width: parent.width
        height: Theme.touch
        spacing: Theme.gap

        Rectangle {
            width: parent.width - (turn.visible ? turn.width + parent.spacing : 0)
            height: parent.height
            radius: Theme.radius
            color: Theme.surface
            border.color: Theme.action
            border.width: 3 * Look.unit

            Icon {
                id: glass

                anchors.left: parent.left
                anchors.leftMargin: Theme.space
                anchors.verticalCenter: parent.verticalCenter
                name: "search"
                color: Theme.action
                size: 48 * Look.unit
            }

            TextInput {
                id: field

                objectName: "query"
                anchors.left: glass.right
                anchors.right: wipe.left
                anchors.margins: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                text: search.model.query
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: 44 * Look.unit
                font.bold: true
                font.capitalization: Font.AllUppercase
                maximumLength: 30
                clip: true
                cursorVisible: true
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("要查找的事项")
                onTextEdited: search.model.query = text
            }

            Say {
                anchors.left: field.left
                anchors.right: field.right
                anchors.verticalCenter: parent.verticalCenter
                visible: field.text === "" && field.preeditText === ""
                text: search.isCompact ? qsTr("拼音或首字母") : qsTr("输入拼音或首字母，如 BDC 找“不动产”")
                size: (search.isCompact ? 36 : 34) * Look.unit
                color: Theme.quiet
                maximumLineCount: 1
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24 * Look.unit
            }

            Key {
                id: wipe

                objectName: "clear-query"
                anchors.right: parent.right
                anchors.rightMargin: 0
                anchors.verticalCenter: parent.verticalCenter
                visible: field.text !== ""
                width: visible ? 150 * Look.unit : 0
                height: parent.height
                icon: "close"
                text: qsTr("清空")
                size: 28 * Look.unit
                onTapped: search.model.clear()
            }
        }

        Key {
            id: turn

            objectName: "turn-results"
            visible: search.isCompact
            width: 260 * Look.unit
            height: parent.height
            isOn: !search.showsResults && search.model.count > 0
            enabled: search.showsResults || search.model.count > 0
            text: search.showsResults ? qsTr("继续输入") : qsTr("看结果 %1").arg(search.model.count)
            onTapped: search.showsResults = !search.showsResults
        }
    }

    Item {
        id: results

        anchors.top: top.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: search.isCompact ? parent.bottom : keys.top
        anchors.bottomMargin: search.isCompact ? 0 : Theme.gap
        width: parent.width
        visible: search.showsResults

        Paged {
            id: list

            anchors.fill: parent
            paging: search.model.paging
            columns: search.isWide && !Look.isElder ? 2 : 1
            rowLeast: (Look.isElder && !search.isWide ? 180 : 124) * Look.unit
            opacity: search.model.isSettled ? 1 : 0.4

            Repeater {
                model: search.model.rows

                MatterKey {
                    width: list.cellWidth
                    height: list.rowHeight
                    enabled: search.model.isSettled
                    onTapped: search.model.choose(id)
                }
            }
        }

        Column {
            anchors.centerIn: parent
            width: parent.width * 0.9
            spacing: Theme.gap
            visible: search.model.count === 0 && search.model.isSettled

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: search.model.hasFailed ? "offline" : "search"
                color: Theme.line
                size: Math.min(120 * Look.unit, results.height * 0.3)
            }

            Say {
                objectName: "search-answer"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                color: Theme.quiet
                text: search.model.hasFailed ? qsTr("现在查不到事项，请返回后直接选择队列") : search.model.query.trim() === "" ? qsTr("点下面的字母，结果就在这里") : qsTr("没有找到，请换几个字母，或返回后直接选择队列")
            }
        }
    }

    Keyboard {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        visible: !search.isCompact || !search.showsResults
        columns: search.isWide ? 10 : 7
        onTyped: character => search.model.type(character)
        onErased: search.model.erase()
    }
}
