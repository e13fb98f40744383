// A counter that started without the hub: who works here, without a PIN that anybody could check.
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: view

    required property ManualModel manual
    required property Ink ink

    color: ink.ground
    onVisibleChanged: {
        if (visible) {
            clerk.text = view.manual.lastClerk
            clerk.forceActiveFocus()
        }
    }

    Rectangle {
        anchors.centerIn: parent
        width: 520
        height: column.height + 80
        radius: 16
        color: Theme.surface
        border { width: 1; color: view.ink.line }

        Column {
            id: column
            x: 40
            y: 40
            width: parent.width - 80
            spacing: 18

            Words {
                ink: view.ink
                text: qsTr("应急手动叫号")
                font { pixelSize: 28; weight: Font.Bold }
                width: parent.width
            }
            Words {
                ink: view.ink
                text: qsTr("大厅系统连接不上，暂时不能用密码登录。输入工号可以先手动叫号；连接恢复后请正常登录。")
                wrapMode: Text.Wrap
                maximumLineCount: 4
                lineHeight: 1.3
                width: parent.width
            }
            Words {
                objectName: "manual-last"
                ink: view.ink
                text: view.manual.last
                font.weight: Font.Bold
                wrapMode: Text.Wrap
                maximumLineCount: 2
                width: parent.width
            }
            Field {
                id: clerk
                objectName: "manual-clerk"
                ink: view.ink
                visible: view.manual.hasWindow
                label: qsTr("工号（未核验，会注明）")
                maximumLength: 60
                focus: true
                width: parent.width
                onAccepted: view.manual.sitDown(clerk.text)
                onEdited: view.manual.typing()
            }
            NoteBeside {
                objectName: "manual-sign-in-problem"
                ink: view.ink
                text: view.manual.problem
                side: "top"
                width: parent.width
            }
            PlainKey {
                objectName: "manual-sit-down"
                ink: view.ink
                main: true
                visible: view.manual.hasWindow
                text: qsTr("开始手动叫号")
                hint: qsTr("回车")
                size: 20
                width: parent.width
                height: 56
                onActivated: view.manual.sitDown(clerk.text)
            }
        }
    }
}
