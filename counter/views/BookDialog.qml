// Booking for a caller: at the left who and what for, or what is booked; at the right days and times.
import QtQuick
import Counter

Question {
    id: dialog

    required property BookModel book
    readonly property bool finds: book.mode === "find"

    function begin_again() {
        if (dialog.finds)
            find.forceActiveFocus()
        else
            form.forceActiveFocus()
    }

    action: "book"
    title: qsTr("为来电人预约")
    verb: dialog.book.verb
    verbHint: ""
    mayGo: !dialog.book.busy
    wide: 1120
    Component.onCompleted: {
        dialog.book.begin()
        dialog.begin_again()
    }
    onAgreed: {
        const wasDone = dialog.book.isDone
        dialog.book.go()
        if (wasDone)
            dialog.begin_again()
    }

    Item {
        width: parent.width
        height: 484

        Keys.onPressed: (event) => {
            dialog.book.touch()
            event.accepted = false
        }
        Row {
            id: tabs
            spacing: 10

            PlainKey {
                objectName: "book-new"
                ink: dialog.ink
                main: !dialog.finds
                text: qsTr("新预约")
                height: 44
                width: 190
                onActivated: {
                    dialog.book.show("new")
                    dialog.begin_again()
                }
            }
            PlainKey {
                objectName: "book-find"
                ink: dialog.ink
                main: dialog.finds
                text: qsTr("查找预约")
                height: 44
                width: 190
                onActivated: {
                    dialog.book.show("find")
                    dialog.begin_again()
                }
            }
        }
        BookForm {
            id: form
            form: dialog.book.form
            ink: dialog.ink
            visible: !dialog.finds
            enabled: !dialog.book.isDone
            y: 56
            width: 390
            onPassed: places.forceActiveFocus()
        }
        BookFind {
            id: find
            mine: dialog.book.mine
            ink: dialog.ink
            visible: dialog.finds
            enabled: !dialog.book.isDone
            y: 56
            width: 390
            height: (note.visible ? note.y - 12 : parent.height) - y
            onMoved: places.forceActiveFocus()
        }
        NoteBeside {
            id: note
            objectName: "book-problem"
            ink: dialog.ink
            text: dialog.book.problem
            side: "top"
            anchors { bottom: parent.bottom; bottomMargin: 4 }
        }
        Rectangle {
            x: 406
            width: 1
            height: parent.height
            color: dialog.ink.line
        }
        BookPlaces {
            id: places
            places: dialog.book.places
            ink: dialog.ink
            visible: !dialog.book.isDone && (!dialog.finds || dialog.book.mine.errandName === "move")
            x: 424
            width: parent.width - x
            height: parent.height
            onAgreed: dialog.book.go()
        }
        Column {
            visible: dialog.book.mine.question !== "" && !dialog.book.isDone
            spacing: 28
            x: 464
            width: parent.width - x - 40
            anchors.verticalCenter: parent.verticalCenter
            onVisibleChanged: if (visible) keep.forceActiveFocus()

            Words {
                objectName: "book-question"
                ink: dialog.ink
                text: dialog.book.mine.question
                font { pixelSize: 24; weight: Font.Bold }
                wrapMode: Text.Wrap
                maximumLineCount: 5
                lineHeight: 1.2
                width: parent.width
            }
            PlainKey {
                id: keep
                objectName: "book-keep"
                ink: dialog.ink
                text: qsTr("不取消")
                width: 160
                height: 48
                onActivated: {
                    dialog.book.mine.leave()
                    find.forceActiveFocus()
                }
            }
        }
        BookDone {
            book: dialog.book
            ink: dialog.ink
            visible: dialog.book.isDone
            x: 424
            width: parent.width - x
            height: parent.height
        }
        HoverHandler {
            onPointChanged: dialog.book.touch()
        }
    }
}
