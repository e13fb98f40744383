// The desk: signing in, choosing a window, and the clerk's work. The bar is a window of its own.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import QtQml.Models
import Hall.Controls
import Counter

Window {
    id: counter
    objectName: "counter"

    required property SessionModel session
    required property WindowsModel windows
    required property ActionsModel actions
    required property Orders orders
    required property NowModel now
    required property LineModel line
    required property MyDayModel myDay
    required property StatusModel status
    required property TransferModel transfer
    required property PickModel pick
    required property WhyModel why
    required property BookModel book
    required property ReasonModel reason
    property string dialog: ""

    function close_dialog() {
        counter.dialog = ""
        counter.orders.hush()
        desk.forceActiveFocus()
    }

    width: 1366
    height: 768
    minimumWidth: 1180
    minimumHeight: 700
    color: colours.ground
    title: [now.window, status.hall].filter(part => part !== "").join(" · ")
    onClosing: Qt.quit()
    Component.onCompleted: Theme.app = "counter"
    onDialogChanged: {
        if (dialog !== "book")
            counter.book.end()
    }

    Ink {
        id: colours
        stale: counter.status.stale
    }
    Connections {
        target: counter.actions
        function onAsked(action: string) {
            counter.dialog = action
        }
    }
    Connections {
        target: counter.orders
        function onDone(action: string) {
            if (action === counter.dialog)
                counter.close_dialog()
        }
    }
    Connections {
        target: counter.session
        function onChanged() {
            if (counter.session.step !== "desk" && counter.dialog !== "")
                counter.close_dialog()
        }
    }
    Instantiator {
        model: counter.actions.names

        Shortcut {
            required property string modelData
            sequence: counter.actions.states[modelData].key
            enabled: counter.session.step === "desk" && counter.dialog === ""
            autoRepeat: false
            onActivated: counter.actions.press(modelData)
        }
    }
    TopBar {
        id: top
        visible: counter.session.step !== "sign-in"
        session: counter.session
        status: counter.status
        now: counter.now
        actions: counter.actions
        orders: counter.orders
        ink: colours
        atDesk: counter.session.step === "desk"
        enabled: counter.dialog === ""
        width: parent.width
        height: visible ? 56 : 0
        z: 3
    }
    KeyProblem {
        id: keyProblem
        status: counter.status
        ink: colours
        visible: counter.status.keyProblem !== "" && counter.session.step === "desk"
        anchors { top: top.bottom; left: parent.left; right: parent.right }
    }
    Item {
        anchors { top: keyProblem.visible ? keyProblem.bottom : top.bottom; bottom: parent.bottom; left: parent.left; right: parent.right }

        SignIn {
            id: signIn
            anchors.fill: parent
            visible: counter.session.step === "sign-in"
            session: counter.session
            status: counter.status
            ink: colours
        }
        ChooseWindow {
            anchors.fill: parent
            visible: counter.session.step === "window"
            windows: counter.windows
            session: counter.session
            orders: counter.orders
            ink: colours
        }
        Desk {
            id: desk
            anchors.fill: parent
            visible: counter.session.step === "desk"
            enabled: counter.dialog === ""
            actions: counter.actions
            orders: counter.orders
            now: counter.now
            line: counter.line
            why: counter.why
            myDay: counter.myDay
            ink: colours
        }
    }
    Loader {
        anchors.fill: parent
        active: counter.dialog !== ""
        z: 5
        focus: active
        sourceComponent: counter.dialog === "transfer" ? transferDialog
            : counter.dialog === "why" ? whyDialog
            : counter.dialog === "book" ? bookDialog
            : counter.dialog === "pause" || counter.dialog === "cancel" ? reasonDialog : pickDialog
    }
    Component {
        id: transferDialog
        TransferDialog {
            transfer: counter.transfer
            orders: counter.orders
            now: counter.now
            ink: colours
            onClosed: counter.close_dialog()
        }
    }
    Component {
        id: pickDialog
        PickDialog {
            pick: counter.pick
            orders: counter.orders
            list: counter.dialog
            ink: colours
            onClosed: counter.close_dialog()
        }
    }
    Component {
        id: whyDialog
        WhyDialog {
            why: counter.why
            orders: counter.orders
            ink: colours
            onClosed: counter.close_dialog()
        }
    }
    Component {
        id: bookDialog
        BookDialog {
            book: counter.book
            orders: counter.orders
            ink: colours
            onClosed: counter.close_dialog()
        }
    }
    Component {
        id: reasonDialog
        ReasonDialog {
            reason: counter.reason
            orders: counter.orders
            action: counter.dialog
            ink: colours
            onClosed: counter.close_dialog()
        }
    }
}
