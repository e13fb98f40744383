// Why: one of the usual reasons, or own words.
import QtQuick
import Counter

Question {
    id: dialog

    required property ReasonModel reason

    title: dialog.reason.title
    verb: qsTr("确定")
    onAgreed: dialog.reason.give(reasons.value)
    wide: 560
    Component.onCompleted: {
        dialog.reason.begin(dialog.action)
        reasons.begin()
    }

    Reasons {
        id: reasons
        ink: dialog.ink
        reasons: dialog.reason.reasons
        width: parent.width
        onChosen: dialog.reason.give(value)
    }
}
