// The key of one place: of the actions that belong there, the one that can be done now; else nothing.
import QtQuick
import Hall.Controls
import Hall.VideoCall

BigKey {
    id: key

    required property VideoModel video
    // Names of actions, as of VideoModel.press.
    required property list<string> place
    readonly property string does: place.find(name => video.actions.includes(name)) ?? ""
    readonly property var _words: video.labels.actions[does] ?? { "word": "", "other": "" }

    objectName: "video-" + does
    visible: does !== ""
    // A second tap that was meant for the action before it comes to nothing.
    enabled: !settling.running
    text: _words.word
    hint: _words.other
    kind: does === "hang-up" ? "danger" : does === "answer" ? "done" : ["call", "resume", "unmute"].includes(does) ? "action" : "plain"
    onDoesChanged: settling.restart()
    onClicked: video.press(does)

    Timer {
        id: settling

        interval: 500
    }
}
