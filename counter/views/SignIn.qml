// Number and PIN; what went wrong stands below them, in words.
import QtQuick
import Counter

Rectangle {
    id: view

    required property SessionModel session
    required property StatusModel status
    required property Ink ink
    readonly property string problem: session.problem

    color: ink.ground

    function begin() {
        clerk.text = ""
        pin.text = ""
        clerk.forceActiveFocus()
    }
    function send() {
        if (clerk.text.trim() === "")
            clerk.forceActiveFocus()
        else if (pin.text === "")
            pin.forceActiveFocus()
        else {
            view.session.signIn(clerk.text, pin.text)
            pin.text = ""
        }
    }
    onProblemChanged: if (problem !== "" && visible) (clerk.text === "" ? clerk : pin).forceActiveFocus()
    onVisibleChanged: if (visible) begin()
    Component.onCompleted: begin()

    Rectangle {
        anchors.centerIn: parent
        width: 460
        height: column.height + 80
        radius: 16
        color: view.ink.card
        border { width: 1; color: view.ink.line }

        Column {
            id: column
            x: 40
            y: 40
            width: parent.width - 80
            spacing: 18

            Words {
                ink: view.ink
                text: view.status.hall || qsTr("窗口叫号")
                font { pixelSize: 26; weight: Font.Bold }
                color: view.ink.structure
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 18
                width: parent.width
            }
            Words {
                ink: view.ink
                text: view.status.connecting ? qsTr("正在连接大厅系统，请稍候") : qsTr("窗口登录")
                objectName: "sign-in-hint"
                color: view.ink.quiet
                width: parent.width
            }
            Field {
                id: clerk
                objectName: "clerk"
                ink: view.ink
                label: qsTr("工号")
                maximumLength: 60
                focus: true
                width: parent.width
                onAccepted: pin.forceActiveFocus()
                onEdited: view.session.forgetProblem()
            }
            Field {
                id: pin
                objectName: "pin"
                ink: view.ink
                label: qsTr("密码")
                secret: true
                maximumLength: 64
                width: parent.width
                onAccepted: view.send()
                onEdited: view.session.forgetProblem()
            }
            Item {
                width: parent.width
                height: Math.max(52, problem.visible ? problem.height : 0)

                NoteBeside {
                    id: problem
                    objectName: "sign-in-problem"
                    ink: view.ink
                    text: view.session.problem
                    side: "top"
                    width: parent.width
                }
            }
            PlainKey {
                objectName: "sign-in"
                ink: view.ink
                main: true
                text: view.session.busy ? qsTr("正在登录") : qsTr("登录")
                hint: qsTr("回车")
                enabled: !view.session.busy && !view.status.connecting
                size: 20
                width: parent.width
                height: 56
                onActivated: view.send()
            }
            PlainKey {
                objectName: "language"
                ink: view.ink
                text: view.status.english ? "中文" : "English"
                width: parent.width
                onActivated: view.status.switchLanguage()
            }
        }
    }
}
