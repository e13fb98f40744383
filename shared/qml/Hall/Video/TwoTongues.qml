// One thing said in both languages: the first of the screen large, the other small below it.
import QtQuick
import Hall.Controls

Column {
    id: tongues

    // word and other
    required property var words
    property real size: Theme.body
    property color ink: Theme.ink
    property color otherInk: ink
    property int align: Text.AlignLeft
    property int weight: Font.Medium
    // A sentence that is longer than the line breaks after its comma and nowhere else.
    readonly property bool isLong: words.word.length * size > width
    readonly property string said: words.word

    spacing: size * 0.1

    Accessible.role: Accessible.StaticText
    Accessible.name: words.word + " " + words.other

    PlainText {
        width: parent.width
        lineHeight: 1
        text: tongues.isLong ? tongues.words.word.replace("，", "，\n") : tongues.words.word
        size: tongues.size
        color: tongues.ink
        font.weight: tongues.weight
        horizontalAlignment: tongues.align
    }

    PlainText {
        width: parent.width
        lineHeight: 1
        text: tongues.words.other
        size: Math.max(Theme.small, tongues.size * 0.6)
        color: tongues.otherInk
        horizontalAlignment: tongues.align
    }
}
