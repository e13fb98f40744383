import QtQuick
import Hall.Controls
import Hall.Kiosk
import "parts"

// The kiosk's one window: the frame, the step within it, and the question over both.
Window {
    id: window

    required property KioskModel kiosk

    readonly property string step: kiosk.frame.step

    function show(): void {
        const inside = { "isCompact": Qt.binding(() => frame.isCompact), "isWide": Qt.binding(() => !Look.isPortrait) };
        const shown = {
            "home": ["Home.qml", { "model": kiosk.home, "book": kiosk.book, "checkIn": kiosk.checkIn, "isOnline": Qt.binding(() => kiosk.frame.isOnline) }],
            "search": ["Search.qml", { "model": kiosk.search }],
            "matter": ["Matter.qml", { "model": kiosk.matter, "lane": kiosk.lane }],
            "closed": ["Closed.qml", { "model": kiosk.lane, "book": kiosk.book }],
            "identity": ["Identity.qml", { "model": kiosk.identity }],
            "find": ["Identity.qml", { "model": kiosk.identity }],
            "number": ["Number.qml", { "model": kiosk.number }],
            "code": ["Code.qml", { "model": kiosk.code, "reasons": kiosk.reasons, "isOnline": Qt.binding(() => kiosk.frame.isOnline) }],
            "confirm": ["Confirm.qml", { "model": kiosk.confirm, "lane": kiosk.lane, "isOnline": Qt.binding(() => kiosk.frame.isOnline) }],
            "issuing": ["Confirm.qml", { "model": kiosk.confirm, "lane": kiosk.lane, "isOnline": Qt.binding(() => kiosk.frame.isOnline) }],
            "priority": ["Priority.qml", { "model": kiosk.priority }],
            "held": ["Found.qml", { "model": kiosk.found, "reasons": kiosk.reasons }],
            "found": ["Found.qml", { "model": kiosk.found, "reasons": kiosk.reasons }],
            "done": ["Done.qml", { "model": kiosk.done, "stillness": kiosk.stillness }],
            "book": ["Book.qml", { "model": kiosk.book }],
            "book_days": ["BookDays.qml", { "model": kiosk.book }],
            "book_times": ["BookTimes.qml", { "model": kiosk.book }],
            "book_hold": ["BookHold.qml", { "model": kiosk.bookHold, "book": kiosk.book, "isOnline": Qt.binding(() => kiosk.frame.isOnline) }],
            "booked": ["BookDone.qml", { "model": kiosk.bookHold }],
            "book_card": ["Identity.qml", { "model": kiosk.identity }],
            "book_mine": ["BookMine.qml", { "model": kiosk.bookMine }],
            "book_give_up": ["BookGiveUp.qml", { "model": kiosk.bookMine }],
            "check_in": ["CheckIn.qml", { "model": kiosk.checkIn, "card": kiosk.identity }],
            "check_in_code": ["CheckInCode.qml", { "model": kiosk.checkIn }],
            "check_in_no": ["CheckInNo.qml", { "model": kiosk.checkIn }],
            "help": ["Help.qml", { "model": kiosk.help }]
        }[step];
        stage.setSource(shown[0], Object.assign(inside, shown[1]));
    }

    width: 540
    height: 960
    color: Theme.ground
    title: qsTr("自助取号")
    onStepChanged: show()
    Component.onCompleted: show()

    Binding {
        target: Theme
        property: "scale"
        value: Math.max(0.2, Math.min(window.width, window.height) / 1080)
    }

    Binding {
        target: Look
        property: "isPortrait"
        value: window.height >= window.width
    }

    Binding {
        target: Theme
        property: "mode"
        value: window.kiosk.frame.isElder ? "elder" : "light"
    }

    Binding {
        target: Look
        property: "isLow"
        value: window.kiosk.frame.isLow
    }

    Frame {
        id: frame

        anchors.fill: parent
        model: window.kiosk.frame
        clock: window.kiosk.clock
    }

    Loader {
        id: stage

        objectName: "stage"
        x: frame.inner.x
        y: frame.inner.y
        width: frame.inner.width
        height: frame.inner.height
        visible: window.kiosk.frame.isKnown && !window.kiosk.frame.isRevoked || window.step === "help"
        onLoaded: appear.restart()

        Connections {
            target: stage.item
            ignoreUnknownSignals: true

            function onEnded(): void {
                if (window.step === "help")
                    window.kiosk.frame.back();
                else
                    window.kiosk.frame.goHome();
            }
        }

        NumberAnimation on opacity {
            id: appear

            from: 0
            to: 1
            duration: 180
            easing.type: Easing.OutQuad
        }
    }

    Say {
        anchors.centerIn: stage
        width: stage.width
        visible: !stage.visible
        horizontalAlignment: Text.AlignHCenter
        size: Theme.large
        color: Theme.quiet
        text: window.kiosk.frame.isRevoked ? qsTr("这台取号机已停用，请到咨询台取号") : qsTr("正在连接大厅系统，请稍候")
    }

    // A scan that led nowhere: said over whatever step it is, and gone by itself.
    Note {
        id: scanned

        objectName: "scan-note"
        x: frame.inner.x
        y: frame.inner.y + frame.inner.height - height
        width: frame.inner.width
        mood: "warning"
        icon: "help"
        text: window.kiosk.code.sentence
        border.color: Theme.call
        border.width: 3 * Look.unit
    }

    StillThere {
        anchors.fill: parent
        area: Qt.rect(0, frame.fall, window.width, window.height - frame.fall)
        model: window.kiosk.stillness
        onEnded: window.kiosk.frame.goHome()
    }
}
