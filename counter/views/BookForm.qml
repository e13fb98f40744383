// For which matter, for whom, and where to remind them. Enter goes on to the next field.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

FocusScope {
    id: view

    required property BookFormModel form
    required property Ink ink
    // The last field is left: on to the days.
    signal passed

    function tell() {
        view.form.type(number.text, name.text, phone.text)
    }

    implicitHeight: phone.y + phone.height

    Connections {
        target: view.form
        function onChosen() {
            matter.text = view.form.matterName
            number.forceActiveFocus()
        }
        function onCleared() {
            for (const field of [matter, number, name, phone])
                field.text = ""
            matter.forceActiveFocus()
        }
    }
    Field {
        id: matter
        objectName: "book-matter"
        ink: view.ink
        label: qsTr("事项")
        placeholder: qsTr("名称或拼音首字母")
        maximumLength: 60
        width: parent.width
        focus: true
        z: 2
        onEdited: view.form.search(text)
        onAccepted: {
            if (view.form.matterName !== "")
                number.forceActiveFocus()
            else
                view.form.chooseAt(found.currentIndex)
        }
        Keys.onUpPressed: found.decrementCurrentIndex()
        Keys.onDownPressed: found.incrementCurrentIndex()

        Rectangle {
            visible: found.count > 0 || view.form.noMatch
            anchors { top: parent.bottom; topMargin: 4; left: parent.left; right: parent.right }
            height: Math.max(1, found.count) * 48 + 8
            radius: Theme.radius
            color: view.ink.card
            border { width: 1; color: view.ink.quiet }

            Words {
                objectName: "book-no-match"
                visible: view.form.noMatch
                ink: view.ink
                text: qsTr("没有这样的事项，请换个词")
                color: view.ink.quiet
                x: 14
                height: parent.height
            }
            ListView {
                id: found
                objectName: "book-matters"
                anchors { fill: parent; margins: 4 }
                model: view.form.matters
                interactive: false
                highlightMoveDuration: 0
                onCountChanged: currentIndex = count > 0 ? 0 : -1
                delegate: BookMatter {
                    ink: view.ink
                    width: found.width
                    isCurrent: ListView.isCurrentItem
                    onPressed: view.form.chooseMatter(key)
                }
            }
        }
    }
    Field {
        id: number
        objectName: "book-number"
        ink: view.ink
        label: qsTr("身份证号")
        maximumLength: 24
        y: 86
        width: parent.width
        onEdited: view.tell()
        onAccepted: name.forceActiveFocus()
    }
    Words {
        objectName: "book-number-told"
        ink: view.ink
        text: view.form.numberTold
        color: view.form.numberState === "wrong" ? "#7A1710" : view.ink.quiet
        font { pixelSize: view.ink.small; weight: view.form.numberState === "wrong" ? Font.Bold : Font.Medium }
        y: 162
        height: 24
        width: parent.width
    }
    Field {
        id: name
        objectName: "book-name"
        ink: view.ink
        label: qsTr("姓名")
        maximumLength: 60
        y: 190
        width: 150
        onEdited: view.tell()
        onAccepted: phone.forceActiveFocus()
    }
    Field {
        id: phone
        objectName: "book-phone"
        ink: view.ink
        label: qsTr("手机（可不填，用于提醒）")
        maximumLength: 20
        y: 190
        x: 166
        width: parent.width - x
        onEdited: view.tell()
        onAccepted: view.passed()
    }
}
