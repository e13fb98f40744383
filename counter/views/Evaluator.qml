// The citizen's screen: who serves here, whom, and afterwards the question how it was. It never takes the
// keyboard from the desk, and shows a number and no name of the citizen.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Hall.Controls
import Counter

Window {
    id: screen
    objectName: "evaluator"

    required property EvaluatorModel evaluator
    readonly property real unit: Math.min(width / 1280, height / 800)
    readonly property string step: evaluator.stepName
    readonly property color ink: "#14213D"
    readonly property color quiet: "#3B4862"

    component Say: Text {
        color: screen.ink
        font { family: Theme.family; pixelSize: 32 * screen.unit }
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    flags: Qt.Window | Qt.FramelessWindowHint | Qt.WindowDoesNotAcceptFocus
    title: qsTr("服务评价")
    width: 1280
    height: 800
    visible: false
    color: "#F6F8FB"

    Rectangle {
        id: head
        width: parent.width
        height: 96 * screen.unit
        color: "#0B3A82"

        Say {
            text: screen.evaluator.hall
            color: "#FFFFFF"
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
            maximumLineCount: 1
            font { pixelSize: 34 * screen.unit; weight: Font.Bold }
            anchors { left: parent.left; leftMargin: 40 * screen.unit; right: where.left; rightMargin: 24 * screen.unit; top: parent.top; bottom: parent.bottom }
        }
        Say {
            id: where
            text: screen.evaluator.window
            color: "#FFFFFF"
            font { pixelSize: 34 * screen.unit; weight: Font.Bold }
            anchors { right: parent.right; rightMargin: 40 * screen.unit; top: parent.top; bottom: parent.bottom }
        }
    }
    Item {
        id: middle
        anchors { top: head.bottom; left: parent.left; right: parent.right; bottom: foot.top }

        Column {
            visible: !["invited", "reasons"].includes(screen.step)
            anchors.centerIn: parent
            width: parent.width - 120 * screen.unit
            spacing: 28 * screen.unit

            Say {
                objectName: "evaluator-number"
                visible: ["called", "serving"].includes(screen.step)
                text: screen.evaluator.number
                width: parent.width
                font { pixelSize: 190 * screen.unit; weight: Font.Bold; features: { "tnum": 1 } }
            }
            Say {
                objectName: "evaluator-words"
                width: parent.width
                font { pixelSize: 72 * screen.unit; weight: Font.Bold }
                text: screen.step === "serving" ? qsTr("正在为您服务")
                    : screen.step === "called" ? qsTr("请到本窗口")
                    : screen.step === "thanks" ? qsTr("谢谢您的评价")
                    : screen.step === "paused" ? qsTr("本窗口暂停服务")
                    : screen.step === "offline" ? qsTr("暂时不能评价")
                    : screen.step === "closed" ? qsTr("本窗口未开放")
                    : qsTr("您好")
            }
            Say {
                width: parent.width
                visible: text !== ""
                color: screen.quiet
                font.pixelSize: 36 * screen.unit
                text: screen.step === "thanks" ? qsTr("祝您生活愉快")
                    : screen.step === "paused" ? qsTr("请稍候，或到其他窗口办理")
                    : screen.step === "offline" ? qsTr("系统连接中断，不影响您办事")
                    : screen.step === "closed" ? qsTr("请到其他窗口办理")
                    : screen.step === "idle" ? qsTr("很高兴为您服务") : ""
            }
        }
        EvaluatorLevels {
            visible: screen.step === "invited"
            anchors { fill: parent; leftMargin: 40 * screen.unit; rightMargin: 40 * screen.unit; topMargin: 20 * screen.unit; bottomMargin: 24 * screen.unit }
            evaluator: screen.evaluator
            unit: screen.unit
        }
        EvaluatorReasons {
            visible: screen.step === "reasons"
            anchors { fill: parent; leftMargin: 40 * screen.unit; rightMargin: 40 * screen.unit; topMargin: 20 * screen.unit; bottomMargin: 24 * screen.unit }
            evaluator: screen.evaluator
            unit: screen.unit
        }
    }
    Rectangle {
        id: foot
        visible: screen.evaluator.clerk !== ""
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 88 * screen.unit
        color: "#FFFFFF"

        Rectangle { width: parent.width; height: 1; color: "#C9D3E3" }
        Say {
            objectName: "evaluator-clerk"
            anchors { fill: parent; leftMargin: 40 * screen.unit; rightMargin: 40 * screen.unit }
            font.pixelSize: 30 * screen.unit
            elide: Text.ElideRight
            maximumLineCount: 1
            text: [screen.evaluator.clerk, qsTr("工号 %1").arg(screen.evaluator.clerkNumber), screen.evaluator.duty].join("    ")
        }
    }
}
