// Where the number of a slip is typed, to be called by hand.
import QtQuick
import Hall.Controls
import Counter

FocusScope {
    id: entry

    required property ManualModel manual
    required property Ink ink
    property int size: 44
    property string placeholder: qsTr("如 A012")
    readonly property string typed: input.text

    function take_keyboard() {
        input.forceActiveFocus()
        input.selectAll()
    }

    implicitHeight: 84
    enabled: manual.mayType

    Connections {
        target: entry.manual
        function onAccepted() {
            input.text = ""
        }
        function onNumberWanted() {
            entry.take_keyboard()
        }
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: entry.enabled ? Theme.surface : entry.ink.off
        border { width: input.activeFocus ? 3 : 1; color: input.activeFocus ? Theme.focus : entry.ink.quiet }

        Words {
            ink: entry.ink
            visible: input.text === "" && input.preeditText === ""
            text: entry.placeholder
            color: entry.ink.inkOnOff
            opacity: 0.75
            font { pixelSize: entry.size * 0.75; features: { "tnum": 1 } }
            anchors { fill: parent; leftMargin: entry.size / 3; rightMargin: entry.size / 3 }
        }
        TextInput {
            id: input
            objectName: entry.objectName + "-input"
            focus: true
            activeFocusOnTab: true
            anchors { fill: parent; leftMargin: entry.size / 3; rightMargin: entry.size / 3 }
            verticalAlignment: TextInput.AlignVCenter
            clip: true
            maximumLength: 12
            color: entry.ink.text
            selectionColor: entry.ink.accent
            selectByMouse: true
            font { family: entry.ink.family; pixelSize: entry.size; weight: Font.Bold; capitalization: Font.AllUppercase }
            inputMethodHints: Qt.ImhLatinOnly | Qt.ImhNoPredictiveText | Qt.ImhPreferUppercase
            onAccepted: entry.manual.callNumber(text)
            onTextEdited: entry.manual.typing()
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("号码")
        }
    }
}
