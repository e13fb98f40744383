// Five large keys, each with a face, a colour and a word in both languages.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Item {
    id: view

    required property EvaluatorModel evaluator
    required property real unit
    // White stands on all of them at 7:1.
    readonly property var papers: ({ 5: "#0F5A31", 4: "#17594F", 3: "#5A4700", 2: "#7A3600", 1: "#7A1710" })
    readonly property var mouths: ({ 5: "M6.5 13c1 6 10 6 11 0z", 4: "M7 14.5c2.5 3.5 7.5 3.5 10 0", 3: "M7.5 15.5h9", 2: "M7 17c2.5-3.5 7.5-3.5 10 0", 1: "M7 17.5c1.5-5 8.5-5 10 0 M6.5 7.2l3 1.4 M17.5 7.2l-3 1.4" })

    component Say: Text {
        font { family: Theme.family; pixelSize: 32 * view.unit; weight: Font.Bold }
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    Say {
        id: question
        objectName: "evaluator-question"
        text: qsTr("%1，请评价本次服务").arg(view.evaluator.number)
        color: "#14213D"
        font.pixelSize: 54 * view.unit
        width: parent.width
        height: 84 * view.unit
    }
    Row {
        id: keys
        anchors { top: question.bottom; topMargin: 20 * view.unit; bottom: rest.top; bottomMargin: 16 * view.unit; left: parent.left; right: parent.right }
        spacing: 18 * view.unit

        Repeater {
            model: view.evaluator.levels.length

            Rectangle {
                id: key
                required property int index
                readonly property var info: view.evaluator.levels[index]
                objectName: "level-" + info.level
                width: (keys.width - 4 * keys.spacing) / 5
                height: keys.height
                radius: 20 * view.unit
                color: view.papers[info.level]
                opacity: area.pressed ? 0.75 : 1
                Accessible.role: Accessible.Button
                Accessible.name: key.info.word
                Accessible.onPressAction: view.evaluator.rate(key.info.level)

                Image {
                    id: face
                    anchors { top: parent.top; topMargin: 30 * view.unit; horizontalCenter: parent.horizontalCenter }
                    width: 150 * view.unit
                    height: width
                    sourceSize: Qt.size(Math.ceil(width), Math.ceil(height))
                    source: "data:image/svg+xml;utf8," + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19 M8.7 10v.2 M15.3 10v.2 ' + view.mouths[key.info.level] + '" fill="none" stroke="#FFFFFF" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>')
                }
                Say {
                    id: word
                    anchors { top: face.bottom; topMargin: 14 * view.unit; bottom: other.top; left: parent.left; right: parent.right; margins: 8 * view.unit }
                    text: key.info.word
                    color: "#FFFFFF"
                    font.pixelSize: (text.length > 6 ? 34 : 40) * view.unit
                }
                Say {
                    id: other
                    anchors { bottom: parent.bottom; bottomMargin: 20 * view.unit; left: parent.left; right: parent.right; leftMargin: 8 * view.unit; rightMargin: 8 * view.unit }
                    text: key.info.other
                    color: "#FFFFFF"
                    height: 72 * view.unit
                    font { pixelSize: 25 * view.unit; weight: Font.Medium }
                }
                MouseArea {
                    id: area
                    anchors.fill: parent
                    onClicked: view.evaluator.rate(key.info.level)
                }
            }
        }
    }
    Say {
        id: rest
        anchors { bottom: parent.bottom; left: parent.left; right: parent.right }
        height: 44 * view.unit
        text: qsTr("窗口人员看不到您个人的评价 · %1 秒").arg(view.evaluator.secondsLeft)
        color: "#3B4862"
        font { pixelSize: 28 * view.unit; weight: Font.Medium; features: { "tnum": 1 } }
    }
}
