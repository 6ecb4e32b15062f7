import "./index.css";
import "./derivation.css";
import "./graph.css";
import "./editor.css";
