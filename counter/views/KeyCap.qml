// A key of the clerk's work: the action knows its word, its key and whether it works now. What the hall
// refuses is said beside it.
import QtQuick
import Counter

PlainKey {
    id: cap

    required property string action
    required property ActionsModel actions
    required property Orders orders
    readonly property var info: actions.states[action] ?? ({ label: "", key: "", hint: "", count: 0, enabled: false })
    property bool notesBelow: false
    property bool notesHere: true
    // How far to the right a note begins, so that it covers no other key.
    property real noteStep: width

    objectName: action
    text: info.label
    hint: info.hint
    main: actions.suggested === action
    count: info.count
    enabled: info.enabled
    z: note.visible ? 10 : 0
    onActivated: cap.actions.press(cap.action)

    NoteBeside {
        id: note
        objectName: cap.action + "-note"
        ink: cap.ink
        side: cap.notesBelow ? "top" : "left"
        text: cap.notesHere && cap.orders.noteAction === cap.action ? cap.orders.noteText : ""
        x: cap.notesBelow ? cap.width - width : cap.noteStep + 14
        y: cap.notesBelow ? cap.height + 12 : (cap.height - height) / 2
    }
}
