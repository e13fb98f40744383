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
    required property ManualModel manual
    required property StatusModel status
    required property TransferModel transfer
    required property PickModel pick
    required property WhyModel why
    required property BookModel book
    required property ReasonModel reason
    property string dialog: ""
    // sign-in, window, desk; alone: signing in without the hub; manual: the desk without it.
    readonly property string step: manual.active ? "manual" : manual.offered ? "alone" : session.step
    readonly property bool atWork: step === "desk" || step === "manual"

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
    title: [now.window || manual.window, status.hall].filter(part => part !== "").join(" · ")
    onClosing: Qt.quit()
    Component.onCompleted: Theme.app = "counter"
    onDialogChanged: {
        if (dialog !== "book")
            counter.book.end()
    }

    onStepChanged: {
        if (counter.step !== "desk" && counter.dialog !== "")
            counter.close_dialog()
    }

    Ink {
        id: colours
        stale: counter.status.stale && !["manual", "alone"].includes(counter.step)
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
    Instantiator {
        model: counter.actions.names

        Shortcut {
            required property string modelData
            sequence: counter.actions.states[modelData].key
            enabled: counter.atWork && counter.dialog === ""
            autoRepeat: false
            onActivated: counter.actions.press(modelData)
        }
    }
    TopBar {
        id: top
        visible: counter.step !== "sign-in"
        session: counter.session
        status: counter.status
        now: counter.now
        manual: counter.manual
        actions: counter.actions
        orders: counter.orders
        ink: colours
        atDesk: counter.atWork
        enabled: counter.dialog === ""
        width: parent.width
        height: visible ? 56 : 0
        z: 3
    }
    KeyProblem {
        id: keyProblem
        status: counter.status
        ink: colours
        visible: counter.status.keyProblem !== "" && counter.step === "desk"
        anchors { top: top.bottom; left: parent.left; right: parent.right }
    }
    Shortcut {
        sequence: "Esc"
        enabled: broughtIn.visible && counter.dialog === ""
        onActivated: counter.manual.dismiss()
    }
    ManualBanner {
        id: banner
        manual: counter.manual
        ink: colours
        visible: counter.step === "manual"
        height: visible ? 68 : 0
        anchors { top: top.bottom; left: parent.left; right: parent.right }
    }
    BroughtIn {
        id: broughtIn
        manual: counter.manual
        ink: colours
        visible: counter.manual.outcome !== "" && counter.step !== "manual"
        anchors { top: keyProblem.visible ? keyProblem.bottom : top.bottom; left: parent.left; right: parent.right }
    }
    Item {
        anchors { top: banner.visible ? banner.bottom : broughtIn.bottom; bottom: parent.bottom; left: parent.left; right: parent.right }

        SignIn {
            id: signIn
            anchors.fill: parent
            visible: counter.step === "sign-in"
            session: counter.session
            status: counter.status
            ink: colours
        }
        ChooseWindow {
            anchors.fill: parent
            visible: counter.step === "window"
            windows: counter.windows
            session: counter.session
            orders: counter.orders
            ink: colours
        }
        ManualSignIn {
            anchors.fill: parent
            visible: counter.step === "alone"
            manual: counter.manual
            ink: colours
        }
        ManualDesk {
            anchors.fill: parent
            visible: counter.step === "manual"
            manual: counter.manual
            actions: counter.actions
            orders: counter.orders
            ink: colours
        }
        Desk {
            id: desk
            anchors.fill: parent
            visible: counter.step === "desk"
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
