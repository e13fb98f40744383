// One line to type into, with its name above it.
import QtQuick
import Hall.Controls

FocusScope {
    id: field

    required property Ink ink
    property string label
    property string placeholder
    property bool secret: false
    property alias text: input.text
    property alias maximumLength: input.maximumLength
    signal accepted
    signal edited

    implicitHeight: (label === "" ? 0 : 28) + 46
    activeFocusOnTab: false

    Words {
        visible: field.label !== ""
        ink: field.ink
        text: field.label
        font.pixelSize: field.ink.small
        color: field.ink.quiet
        height: 26
        width: parent.width
    }
    Rectangle {
        id: box
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 46
        radius: Theme.radius
        color: field.ink.card
        border { width: input.activeFocus ? 3 : 1; color: input.activeFocus ? Theme.focus : field.ink.quiet }

        Words {
            ink: field.ink
            visible: input.text === "" && input.preeditText === ""
            text: field.placeholder
            color: field.ink.inkOnOff
            anchors { fill: parent; leftMargin: 14; rightMargin: 14 }
        }
        TextInput {
            id: input
            objectName: field.objectName === "" ? "" : field.objectName + "-input"
            focus: true
            activeFocusOnTab: true
            anchors { fill: parent; leftMargin: 14; rightMargin: 14 }
            verticalAlignment: TextInput.AlignVCenter
            clip: true
            color: field.ink.text
            selectionColor: field.ink.accent
            selectByMouse: true
            font { family: field.ink.family; pixelSize: 18 }
            echoMode: field.secret ? TextInput.Password : TextInput.Normal
            inputMethodHints: field.secret ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNone
            onAccepted: field.accepted()
            onTextEdited: field.edited()
            Accessible.role: Accessible.EditableText
            Accessible.name: field.label || field.placeholder
            Accessible.passwordEdit: field.secret
        }
    }
}
