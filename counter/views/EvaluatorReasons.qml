// What was wrong: several may be chosen, none need be.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Item {
    id: view

    required property EvaluatorModel evaluator
    required property real unit

    component Say: Text {
        color: "#14213D"
        font { family: Theme.family; pixelSize: 34 * view.unit; weight: Font.Bold }
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    component Key: Rectangle {
        id: big
        property string text
        property bool main: false
        signal activated
        width: 380 * view.unit
        height: 92 * view.unit
        radius: 20 * view.unit
        color: main ? "#0B3A82" : "#FFFFFF"
        opacity: press.pressed ? 0.75 : 1
        border { width: 3 * view.unit; color: "#0B3A82" }
        Accessible.role: Accessible.Button
        Accessible.name: big.text
        Accessible.onPressAction: big.activated()

        Say {
            anchors.fill: parent
            text: big.text
            color: big.main ? "#FFFFFF" : "#0B3A82"
            font.pixelSize: 38 * view.unit
        }
        MouseArea {
            id: press
            anchors.fill: parent
            onClicked: big.activated()
        }
    }

    Say {
        id: question
        width: parent.width
        height: 76 * view.unit
        text: qsTr("哪里需要改进？可选多项")
        font.pixelSize: 48 * view.unit
    }
    Grid {
        id: grid
        anchors { top: question.bottom; topMargin: 12 * view.unit; bottom: keys.top; bottomMargin: 20 * view.unit; left: parent.left; right: parent.right }
        columns: 3
        spacing: 16 * view.unit

        Repeater {
            model: view.evaluator.reasons.length

            Rectangle {
                id: reason
                required property int index
                readonly property var info: view.evaluator.reasons[index]
                objectName: "reason-" + info.code
                width: (grid.width - 2 * grid.spacing) / 3
                height: (grid.height - 2 * grid.spacing) / 3
                radius: 18 * view.unit
                color: info.chosen ? "#0B3A82" : "#FFFFFF"
                border { width: 3 * view.unit; color: info.chosen ? "#0B3A82" : "#66728A" }
                Accessible.role: Accessible.CheckBox
                Accessible.name: reason.info.word
                Accessible.checked: reason.info.chosen
                Accessible.onPressAction: view.evaluator.toggleReason(reason.info.code)

                Column {
                    anchors { left: parent.left; right: parent.right; margins: 12 * view.unit; verticalCenter: parent.verticalCenter }
                    spacing: 4 * view.unit

                    Say {
                        width: parent.width
                        text: (reason.info.chosen ? "✓ " : "") + reason.info.word
                        color: reason.info.chosen ? "#FFFFFF" : "#14213D"
                        maximumLineCount: 1
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: 22 * view.unit
                    }
                    Say {
                        width: parent.width
                        text: reason.info.other
                        color: reason.info.chosen ? "#FFFFFF" : "#3B4862"
                        maximumLineCount: 1
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: 18 * view.unit
                        font { pixelSize: 24 * view.unit; weight: Font.Medium }
                    }
                }
                MouseArea {
                    anchors.fill: parent
                    onClicked: view.evaluator.toggleReason(reason.info.code)
                }
            }
        }
    }
    Row {
        id: keys
        anchors { bottom: parent.bottom; horizontalCenter: parent.horizontalCenter }
        spacing: 40 * view.unit

        Key {
            objectName: "reasons-skip"
            text: qsTr("跳过")
            onActivated: view.evaluator.skip()
        }
        Key {
            objectName: "reasons-done"
            main: true
            text: qsTr("完成")
            onActivated: view.evaluator.done()
        }
    }
}
